/// Queries whose answers the specification settles whatever the engine: nothing depends on an order that is not defined, on SAMPLE's
/// choice, or on what EXISTS does to variables that its pattern binds by itself.
struct RandomQuery {
  private static let variables = ["?x", "?y", "?z", "?u", "?m"]

  /// The text of a query.
  static func make(_ random: inout Randomness) -> String {
    let body =
      switch random.below(10) {
      case 0: aggregates(&random)
      case 1: values(&random)
      case 2: paths(&random)
      case 3: graphs(&random)
      case 4: truth(&random)
      case 5: subquery(&random)
      default: "SELECT * WHERE " + group(&random, 3)
      }
    return RandomGraph.prefixes.sorted { $0.key < $1.key }.map { "PREFIX \($0.key): <\($0.value)> " }.joined() + body
  }

  /// A group of patterns, in braces.
  private static func group(_ random: inout Randomness, _ depth: Int, isInExists: Bool = false) -> String {
    var parts = [triples(&random)]
    for _ in 0..<random.below(3) {
      switch random.below(isInExists ? 5 : 8) {
      case 0, 1: parts.append("OPTIONAL " + (depth > 0 ? group(&random, depth - 1, isInExists: isInExists) : block(&random)))
      case 2: parts.append("FILTER(\(condition(&random, depth)))")
      case 3:
        parts.append(
          depth > 0
            ? group(&random, depth - 1, isInExists: isInExists) + " UNION " + group(&random, depth - 1, isInExists: isInExists)
            : block(&random))
      case 4: parts.append(depth > 0 ? exists(&random, depth) : triples(&random))
      case 5: parts.append("MINUS " + (depth > 0 ? group(&random, depth - 1) : block(&random)))
      case 6: parts.append(depth > 0 ? group(&random, depth - 1) : block(&random))
      default: parts.append(random.chance(50) ? inline(&random) : path(&random))
      }
    }
    if random.chance(5) { parts.removeFirst() }
    return "{ " + parts.joined(separator: " ") + " }"
  }

  private static func block(_ random: inout Randomness) -> String { "{ " + triples(&random) + " }" }

  private static func exists(_ random: inout Randomness, _ depth: Int) -> String {
    "FILTER \(random.pick("EXISTS", "NOT EXISTS")) " + group(&random, depth - 1, isInExists: true)
  }

  private static func condition(_ random: inout Randomness, _ depth: Int) -> String {
    RandomExpression(variables: variables).truth(&random, min(depth, 2))
  }

  private static func triples(_ random: inout Randomness) -> String {
    (0...random.below(2)).map { _ in
      let subject = random.chance(70) ? random.pick("?x", "?y", "?z") : random.pick(from: RandomGraph.things)
      if random.chance(50) {
        let object = random.chance(70) ? random.pick("?x", "?y", "?z") : random.pick(from: RandomGraph.things)
        return "\(subject) \(random.chance(90) ? random.pick(from: RandomGraph.links) : "?m") \(object) ."
      }
      return "\(subject) \(random.pick(from: RandomGraph.properties)) \(random.pick("?u", "?u", "?m", "1", "2.5")) ."
    }.joined(separator: " ")
  }

  private static func inline(_ random: inout Randomness) -> String {
    let rows = (0...random.below(3)).map { _ in
      "(\(random.chance(25) ? "UNDEF" : random.pick(from: RandomGraph.things)) \(random.chance(25) ? "UNDEF" : RandomGraph.value(&random)))"
    }
    return "VALUES (\(random.pick("?x", "?y")) \(random.pick("?u", "?m"))) { \(rows.joined(separator: " ")) }"
  }

  private static func path(_ random: inout Randomness) -> String {
    "\(random.pick("?x", "?y", ":a")) \(pathExpression(&random, 3)) \(random.pick("?z", "?y", "?x", ":b")) ."
  }

  private static func pathExpression(_ random: inout Randomness, _ depth: Int) -> String {
    if depth == 0 { return random.pick(from: RandomGraph.links) }
    switch random.below(9) {
    case 0: return "(\(pathExpression(&random, depth - 1)))*"
    case 1: return "(\(pathExpression(&random, depth - 1)))+"
    case 2: return "(\(pathExpression(&random, depth - 1)))?"
    case 3: return "^(\(pathExpression(&random, depth - 1)))"
    case 4: return "(\(pathExpression(&random, depth - 1))/\(pathExpression(&random, depth - 1)))"
    case 5: return "(\(pathExpression(&random, depth - 1))|\(pathExpression(&random, depth - 1)))"
    case 6: return "!(\(random.pick(":p", ":q", "^:p", ":p|^:q", ":p|:q", "^:p|^:r")))"
    default: return random.pick(from: RandomGraph.links)
    }
  }

  private static func paths(_ random: inout Randomness) -> String {
    let middle = random.chance(50) ? triples(&random) : ""
    return "SELECT \(random.pick("*", "DISTINCT ?x ?z")) WHERE { \(middle) \(path(&random)) }"
  }

  private static func aggregates(_ random: inout Randomness) -> String {
    let expression = RandomExpression(variables: ["?u", "?u", "?x"])
    let argument = random.chance(60) ? "?u" : expression.number(&random, 2)
    let distinct = random.chance(25) ? "DISTINCT " : ""
    let aggregate =
      switch random.below(6) {
      case 0: "COUNT(\(distinct)*)"
      case 1: "COUNT(\(distinct)\(argument))"
      case 2: "SUM(\(distinct)\(argument))"
      case 3: "AVG(\(distinct)\(argument))"
      case 4: "\(random.pick("MIN", "MAX"))(xsd:\(random.pick("decimal", "integer"))(\(argument)))"
      default: "COUNT(?x) + SUM(\(argument))"
      }
    let having = random.chance(25) ? " HAVING(\(random.pick("COUNT(*) > 1", "SUM(?u) > 1", "AVG(?u) >= 1 || COUNT(?u) = 1"))) " : ""
    let body = "{ ?x \(random.pick(":v", ":w", ":p")) ?u \(random.chance(40) ? "OPTIONAL { ?x :q ?y }" : "") }"
    switch random.below(4) {
    case 0: return "SELECT (\(aggregate) AS ?a) WHERE \(body)\(having)"
    case 1: return "SELECT ?y (\(aggregate) AS ?a) WHERE \(body) GROUP BY ?y\(having)"
    case 2: return "SELECT ?k (\(aggregate) AS ?a) WHERE \(body) GROUP BY (\(expression.any(&random, 1)) AS ?k)\(having)"
    default: return "SELECT ?x (\(aggregate) AS ?a) WHERE \(body) GROUP BY ?x\(having)"
    }
  }

  private static func values(_ random: inout Randomness) -> String {
    let expression = RandomExpression(variables: ["?u", "?m"])
    let body = "?x :v ?u OPTIONAL { ?x :w ?m }"
    return "SELECT ?x (\(expression.any(&random, 3)) AS ?a) WHERE { \(body) BIND(\(expression.any(&random, 2)) AS ?b) }"
  }

  private static func graphs(_ random: inout Randomness) -> String {
    let from = random.chance(30) ? random.pick("FROM :g ", "FROM NAMED :g ", "FROM :g FROM NAMED :h ", "FROM :g FROM :h ") : ""
    let name = random.pick("?y", "?y", ":g", ":h", ":none")
    return "SELECT * \(from)WHERE { \(random.chance(50) ? triples(&random) : "") GRAPH \(name) \(group(&random, 1)) }"
  }

  private static func truth(_ random: inout Randomness) -> String { "ASK " + group(&random, 3) }

  private static func subquery(_ random: inout Randomness) -> String {
    // Only things and nothing else are ordered, and the order is of all that is kept.
    let modifiers =
      random.chance(50) ? " ORDER BY \(random.pick("", "DESC"))(?y) LIMIT \(random.below(4) + 1) OFFSET \(random.below(2))" : ""
    let inner = "{ SELECT \(random.chance(50) ? "DISTINCT " : "")?y WHERE { ?x \(random.pick(from: RandomGraph.links)) ?y }\(modifiers) }"
    let more = random.chance(40) ? "OPTIONAL " + group(&random, 1) : ""
    return "SELECT * WHERE { \(triples(&random)) \(inner) \(more) }"
  }
}

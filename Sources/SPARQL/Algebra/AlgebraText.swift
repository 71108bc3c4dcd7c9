import Bytes
import RDF

/// The algebra as text, for people and tests: S-expressions, each operator of the specification by its name.
package struct AlgebraText: ~Copyable {
  let variables: VariableTable
  var out = ByteBuffer()
  /// The numbers of the variables that translation has made, in the order in which they came; nil where they have their own names.
  private var made: [VariableID: Int]?

  /// A writer that knows the variables' names.
  init(_ variables: VariableTable) { self.variables = variables }

  /// The pattern of a query on one line.
  package static func render(_ query: Query) -> String {
    var text = AlgebraText(query.variables)
    text.add(query.pattern)
    return text.out.view.text
  }

  /// A part of a query's pattern on one line.
  package static func render(_ algebra: Algebra, _ variables: VariableTable) -> String {
    var text = AlgebraText(variables)
    text.add(algebra)
    return text.out.view.text
  }

  /// A text that two parts of a query share where they are the same but for the variables that translation has made for them.
  static func key(_ algebra: Algebra, _ variables: VariableTable) -> ByteString {
    var text = AlgebraText(variables)
    text.made = [:]
    text.add(algebra)
    return ByteString(text.out.view)
  }

  /// The name of a variable.
  mutating func name(_ variable: VariableID) -> ByteString {
    guard var made, variables.isMade(variable) else { return variables[variable] }
    let number = made[variable] ?? made.count
    made[variable] = number
    self.made = made
    return ByteString(".\(number)")
  }

  /// An expression on one line.
  package static func render(_ expression: Expression, _ variables: VariableTable) -> String {
    var text = AlgebraText(variables)
    text.add(expression)
    return text.out.view.text
  }

  mutating func operation(_ name: String, _ parts: (inout AlgebraText) -> Void) {
    out.append("(")
    out.append(text: name)
    parts(&self)
    out.append(")")
  }

  mutating func space(_ part: (inout AlgebraText) -> Void) {
    out.append(" ")
    part(&self)
  }

  mutating func add(_ algebra: Algebra) {
    switch algebra {
    case .unit: out.append("(unit)")
    case .bgp(let triples):
      operation("bgp") { text in
        for triple in triples { text.space { $0.add(triple) } }
      }
    case .path(let path):
      operation("path") { text in
        text.space { $0.add(path.subject) }
        text.space { $0.add(path.path) }
        text.space { $0.add(path.object) }
      }
    case .join(let operands): operation("join", operands)
    case .union(let operands): operation("union", operands)
    case .leftJoin(let left, let right, let condition):
      operation("leftjoin") { text in
        text.space { $0.add(left) }
        text.space { $0.add(right) }
        if let condition { text.space { $0.add(condition) } }
      }
    case .minus(let left, let right): operation("minus", [left, right])
    case .filter(let condition, let inner):
      operation("filter") { text in
        text.space { $0.add(condition) }
        text.space { $0.add(inner) }
      }
    case .graph(let name, let inner):
      operation("graph") { text in
        text.space { $0.add(name) }
        text.space { $0.add(inner) }
      }
    case .extend(let inner, let variable, let expression):
      operation("extend") { text in
        text.space { $0.add(variable, expression) }
        text.space { $0.add(inner) }
      }
    case .values(let table): add(table)
    case .service(let service):
      operation(service.isSilent ? "service silent" : "service") { text in
        text.space { $0.add(service.endpoint) }
        text.space { $0.add(service.pattern) }
      }
    default: addModifier(algebra)
    }
  }

  mutating func operation(_ name: String, _ operands: [Algebra]) {
    operation(name) { text in
      for operand in operands { text.space { $0.add(operand) } }
    }
  }

  private mutating func addModifier(_ algebra: Algebra) {
    switch algebra {
    case .group(let grouping, let inner):
      operation("group") { text in
        text.space { $0.add(grouping.keys.map { ($0.variable, $0.expression) }) }
        text.space { $0.add(grouping.outputs.map { ($0.variable, .aggregate($0.aggregate)) }) }
        text.space { $0.add(inner) }
      }
    case .orderBy(let conditions, let inner):
      operation("order") { text in
        for condition in conditions {
          text.space { text in
            condition.isDescending ? text.operation("desc") { $0.space { $0.add(condition.expression) } } : text.add(condition.expression)
          }
        }
        text.space { $0.add(inner) }
      }
    case .project(let variables, let inner):
      operation("project") { text in
        text.space { text in text.list(variables) }
        text.space { $0.add(inner) }
      }
    case .distinct(let inner): operation("distinct", [inner])
    case .reduced(let inner): operation("reduced", [inner])
    case .slice(let offset, let limit, let inner):
      operation("slice \(offset) \(limit.map { "\($0)" } ?? "_")", [inner])
    case .toMultiset(let inner): operation("tomultiset", [inner])
    default: break
    }
  }

  private mutating func list(_ variables: [VariableID]) {
    operation("") { text in
      for (index, variable) in variables.enumerated() {
        if index > 0 { text.out.append(" ") }
        text.add(PatternTerm.variable(variable))
      }
    }
  }

  private mutating func add(_ pairs: [(VariableID, Expression)]) {
    operation("") { text in
      for (index, pair) in pairs.enumerated() {
        if index > 0 { text.out.append(" ") }
        text.add(pair.0, pair.1)
      }
    }
  }

  private mutating func add(_ variable: VariableID, _ expression: Expression) {
    if case .variable(variable) = expression { return add(PatternTerm.variable(variable)) }
    operation("") { text in
      text.add(PatternTerm.variable(variable))
      text.space { $0.add(expression) }
    }
  }

  private mutating func add(_ table: InlineTable) {
    operation("table") { text in
      text.space { $0.list(table.variables) }
      for row in table.rows {
        text.space { text in
          text.operation("row") { text in
            for term in row {
              text.space { text in if let term { text.add(term) } else { text.out.append("undef") } }
            }
          }
        }
      }
    }
  }
}

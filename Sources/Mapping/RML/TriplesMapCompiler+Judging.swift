import Bytes
import Identifiers
import Problems
import RDF

// What decides whether items and values are published, and as of when (contract §4), bound to the columns of a source.
extension TriplesMapCompiler {
  /// Adds the rules, embargoes and conditions of the source, and the rules on what references find.
  mutating func addRules(cells: [ReferencePaths.CellRules]) throws(Failure) {
    for condition in source.conditions { plan.conditions.append(try bound(condition, in: nil, at: source.place)) }
    plan.withhold = try rules(source.withhold, at: source.place)
    for embargo in source.embargoes {
      var numbers: [Int] = []
      for name in embargo.columns { numbers.append(try cell(name.text, at: source.place)) }
      var about: [Int] = []
      for name in embargo.about { about.append(try cell(name.text, at: source.place)) }
      for number in numbers + about { plan.columns[number].isSecret = true }
      plan.embargoes.append(EmbargoPlan(embargo: embargo, columns: numbers, about: about, canJudge: true))
    }
    plan.isSecretive = source.isSecretive
    for cell in cells { try add(cell) }
    // What rules look at is told of under no name.
    let secrets = Set(plan.columns.filter(\.isSecret).map(\.name))
    for number in plan.columns.indices where secrets.contains(plan.columns[number].name) { plan.columns[number].isSecret = true }
  }

  /// Adds the rules on what a reference finds to all of its columns, whatever is made of its text.
  private mutating func add(_ cell: ReferencePaths.CellRules) throws(Failure) {
    let rules = try rules(cell.rules, at: cell.place)
    var isFirst = true
    for number in plan.columns.indices
    where plan.columns[number].source != .absent && cell.references.contains(plan.columns[number].name) {
      plan.columns[number].withhold = rules
      plan.columns[number].repeatsCell = !isFirst
      isFirst = false
      if rules.contains(where: { !$0.onlyPointsOut }) { plan.columns[number].isSecret = true }
    }
    if rules.contains(where: { !$0.onlyPointsOut }) { plan.isSecretive = true }
  }

  /// Rules bound to the source. Those that withhold make what they look at secret.
  private mutating func rules(_ rules: [WithholdRule], at place: Place) throws(Failure) -> [BoundRule] {
    var result: [BoundRule] = []
    for rule in rules {
      let condition = try bound(rule.condition, in: nil, at: place)
      let doubt = plan.number(ofDoubt: rule.doubt)
      result.append(
        BoundRule(condition: condition, counter: counters.rule(rule.name), doubt: doubt, onlyPointsOut: rule.onlyPointsOut))
      if rule.onlyPointsOut { plan.pointsOut = true } else { plan.columns[plan.tests[condition].column].isSecret = true }
    }
    return result
  }

  /// The number of a condition among the plan's, where it is kept once a column.
  /// - Parameter map: whose variables it may ask for; nil where it asks for references alone.
  mutating func bound(_ condition: Condition, in map: TermMap?, at place: Place) throws(Failure) -> Int {
    let name = condition.column.text
    let number = if let map { try column(name, in: map) } else { try cell(name, at: place) }
    if let known = plan.tests.firstIndex(where: { $0.source == condition.source && $0.column == number }) { return known }
    var register: Register?
    if let name = condition.registerName {
      guard let found = context.registers[name] else { throw Failure(context.registers.missing(name, at: place)) }
      register = found
    }
    do throws(AnnotationFault) {
      plan.tests.append(BoundCondition(try condition.resolved(context.settings), column: number, register: register))
    } catch {
      throw Failure(.annotationInvalid, at: place, ["name": "when", "reason": error.reason])
    }
    return plan.tests.count - 1
  }

  /// The number of the day as of which codes are looked up.
  mutating func day(_ codesAsOf: CodesAsOf, at place: Place) throws(Failure) -> Int {
    let key = "\(codesAsOf)"
    if let known = days[key] { return known }
    switch codesAsOf {
    case .day(let day): plan.daySources.append(.fixed(day))
    case .columns(let names):
      var columns: [Int] = []
      for name in names { columns.append(try cell(name.text, at: place)) }
      plan.daySources.append(.columns(columns))
    }
    days[key] = plan.daySources.count - 1
    return plan.daySources.count - 1
  }
}

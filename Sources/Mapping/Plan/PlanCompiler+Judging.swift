import Bytes
import Identifiers
import Problems
import RDF

// What decides whether and as of when the rows of a file are published (contract §4), bound to the file's columns.
extension PlanCompiler {
  /// Rules bound to the file. Those that hold of no row because the file lacks their column are left out.
  func rules(_ rules: [WithholdRule], _ plan: inout TablePlan, _ counters: inout RunCounters) throws(Failure) -> [BoundRule] {
    var result: [BoundRule] = []
    for rule in rules {
      let number = try column(named: rule.condition.column, of: "withhold")
      let isAbsent = binding.columns[number].source == .absent
      if isAbsent, rule.publishesWhenAbsent || rule.onlyPointsOut { continue }
      let canJudge = !isAbsent && !binding.ambiguous.contains(number)
      let doubt = plan.number(ofDoubt: rule.doubt)
      if rule.onlyPointsOut { plan.pointsOut = true }
      result.append(
        BoundRule(
          condition: canJudge ? try bound(rule.condition, &plan, of: "withhold") : nil, counter: counters.rule(rule.name), doubt: doubt,
          onlyPointsOut: rule.onlyPointsOut))
    }
    return result
  }

  /// The number of a condition among the plan's, where it is kept once.
  func bound(_ condition: Condition, _ plan: inout TablePlan, of annotation: String = "when") throws(Failure) -> Int {
    if let known = plan.tests.firstIndex(where: { $0.source == condition.source }) { return known }
    let number = try column(named: condition.column, of: annotation)
    let register: Register? = if let name = condition.registerName { try self.register(name) } else { nil }
    do throws(AnnotationFault) {
      plan.tests.append(BoundCondition(try condition.resolved(context.settings), column: number, register: register))
    } catch {
      throw misfit(annotation, error.reason)
    }
    return plan.tests.count - 1
  }

  /// Marks the columns whose texts may not stand in messages: those with a rule, and those that rules look at.
  func markSecrets(_ plan: inout TablePlan) throws(Failure) {
    func secrets(_ rules: [BoundRule]) -> [BoundRule] { rules.filter { !$0.onlyPointsOut } }
    plan.isSecretive =
      !secrets(plan.withhold).isEmpty || !plan.embargoes.isEmpty || plan.columns.contains { !secrets($0.withhold).isEmpty }
    var secret = Set(secrets(plan.withhold).compactMap { $0.condition.map { plan.tests[$0].column } })
    for (number, column) in plan.columns.enumerated() where !secrets(column.withhold).isEmpty {
      secret.insert(number)
      secret.formUnion(secrets(column.withhold).compactMap { $0.condition.map { plan.tests[$0].column } })
    }
    for number in secret { plan.columns[number].isSecret = true }
  }

  /// The embargoes bound to the file. One whose columns the file lacks keeps every row back that has what it is about, unless it says
  /// `absent: publish`.
  func embargoes() throws(Failure) -> [EmbargoPlan] {
    var plans: [EmbargoPlan] = []
    for embargo in table.extras.embargoes {
      var columns: [Int] = []
      for name in embargo.columns { columns.append(try column(inFile: name, of: "embargo")) }
      var about: [Int] = []
      for name in embargo.about { about.append(try column(inFile: name, of: "embargo")) }
      let canJudge = !columns.contains { binding.ambiguous.contains($0) }
      let present = columns.filter { hasValues($0) }
      if present.isEmpty, embargo.publishesWhenAbsent { continue }
      plans.append(EmbargoPlan(embargo: embargo, columns: present, about: about.filter { hasValues($0) }, canJudge: canJudge))
    }
    return plans
  }

  /// Notes as of which day the codes of each column are looked up, where it matters.
  func addDays(to plan: inout TablePlan) throws(Failure) {
    var known: [ByteString: Int] = [:]
    for (number, column) in binding.columns.enumerated() {
      guard let asOf = column.description.extras.codesAsOf ?? table.extras.codesAsOf else { continue }
      let source: DaySource
      let key: ByteString
      switch asOf {
      case .day(let day):
        source = .fixed(day)
        key = ByteString(day.text)
      case .columns(let names):
        var columns: [Int] = []
        for name in names { columns.append(try self.column(inFile: name, of: "codesAsOf")) }
        source = .columns(columns.filter { hasValues($0) })
        key = ByteString(names.map(\.text).joined(separator: ","))
      }
      guard plan.columns[number].register?.hasValidity == true else { continue }
      if known[key] == nil {
        known[key] = plan.daySources.count
        plan.daySources.append(source)
      }
      plan.columns[number].codeDay = known[key]
    }
  }

  /// The number of a column that an annotation names.
  func column(named name: ByteString, of annotation: String) throws(Failure) -> Int {
    guard let number = column(name) else { throw misfit(annotation, .phrase("column-absent", ["column": name.text])) }
    return number
  }

  /// The number of a column that an annotation names and that a file may have: a virtual one has its text too late.
  func column(inFile name: ByteString, of annotation: String) throws(Failure) -> Int {
    let number = try column(named: name, of: annotation)
    if binding.columns[number].description.isVirtual { throw misfit(annotation, .phrase("column-virtual", ["column": name.text])) }
    return number
  }
}

import Bytes
import RDF

// Days that decide something before the row is parsed: until when it is kept back, and as of when its codes are looked up (contract §4).
extension RowRunner {
  /// What a column says of a day.
  private enum FoundDay {
    case none, unreadable
    /// A day; or the days of a month or year, where it says no more.
    case days(ClosedRange<CivilDate>)
  }

  /// Judges an embargo: nil where it does not keep the row back. Of several days the last counts, and of a month its last day.
  mutating func judge(_ plan: EmbargoPlan) -> RowOutcome? {
    var last: CivilDate?
    for number in plan.columns {
      switch day(number) {
      case .none: break
      case .unreadable: return .undecided(.day)
      case .days(let days): last = max(last ?? days.upperBound, days.upperBound)
      }
    }
    guard plan.canJudge, let last else {
      return plan.canJudge && saysNothing(in: plan.about) ? nil : .undecided(.day)
    }
    let end = plan.embargo.end(after: last)
    return end <= context.asOf ? nil : .embargoed(until: end)
  }

  /// Whether there are such columns, and the row has nothing in any of them: then nothing of it is kept back, and it needs no day.
  private func saysNothing(in numbers: [Int]) -> Bool {
    if numbers.isEmpty || unreadable.contains(where: { numbers.contains($0.column) }) { return false }
    return numbers.allSatisfy { isNull(texts[$0].trimmedOfSpaces, $0) }
  }

  /// Finds the days as of which the codes of the row are looked up.
  mutating func findDays() {
    for index in 0..<plan.daySources.count {
      guard case .columns(let numbers) = plan.daySources[index] else { continue }
      days[index] = nil
      for number in numbers where days[index] == nil {
        if case .days(let found) = day(number) { days[index] = found.lowerBound }
      }
    }
  }

  /// The day that the text of a column says: as its datatype has it, else as a date or a date and time.
  private mutating func day(_ number: Int) -> FoundDay {
    let text = texts[number].trimmedOfSpaces
    if isNull(text, number) { return .none }
    spare.truncate()
    let parser = hot.elements[number].parser
    var span: ClosedRange<CivilDate>?
    if parser._withUnsafeGuaranteedRef({ $0.parse(text, into: &spare) }) == nil { span = Self.span(spare.view) }
    if let found = span ?? Self.span(text) { return .days(found) }
    return .unreadable
  }

  private static func span(_ text: ByteView) -> ClosedRange<CivilDate>? {
    if let span = CivilDate.span(lexical: text) { return span }
    return SwedishTime.date(lexical: text).map { $0...$0 }
  }
}

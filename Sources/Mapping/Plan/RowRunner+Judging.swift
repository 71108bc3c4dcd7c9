import Bytes
import Identifiers
import Problems
import RDF
import Tables

// Secrecy (contract §4): rows are judged before any of their cells is parsed.
extension RowRunner {
  /// Decides what of the row may be published. True where the whole row is withheld.
  mutating func judge() -> Bool {
    for number in 0..<columns.count { values.cells[number] = CellValue() }
    if !plan.isSecretive { return false }
    for index in 0..<plan.withhold.count where holds(plan.withhold[index]) {
      counters.rows[plan.withhold[index].counter] += 1
      return true
    }
    // All rules look at the texts as they stand in the file; only then are cells blotted out.
    for number in 0..<columns.count {
      for index in 0..<columns.elements[number].withhold.count where holds(columns.elements[number].withhold[index]) {
        counters.cells[columns.elements[number].withhold[index].counter] += 1
        values.cells[number].state = .withheld
        break
      }
    }
    for number in 0..<columns.count where values.cells[number].state == .withheld { texts[number] = .empty }
    return false
  }

  /// Whether a rule withholds; one whose column the file lacks always does.
  private mutating func holds(_ rule: BoundRule) -> Bool {
    guard let condition = rule.condition else { return true }
    return holds(condition)
  }

  /// Whether a condition holds of the current row.
  mutating func holds(_ condition: BoundCondition) -> Bool {
    let text = texts[condition.column].trimmedOfSpaces
    switch condition.test {
    case .isOneOf(let words): return words.contains { word in word.withView { $0.equalsIgnoringCase(text) } }
    case .isNot(let word): return !word.withView { $0.equalsIgnoringCase(text) }
    case .matches(let pattern): return !text.isEmpty && pattern.outcome(on: text) != .noMatch
    case .isEmpty: return text.isEmpty && values.cells[condition.column].state != .withheld
    case .isPresent: return !text.isEmpty
    case .isWithheld: return values.cells[condition.column].state == .withheld
    case .isCode: return !text.isEmpty && isCode(text, of: condition)
    case .isNotCode: return !text.isEmpty && !isCode(text, of: condition)
    }
  }

  private mutating func isCode(_ text: ByteView, of condition: BoundCondition) -> Bool {
    guard let register = condition.register else { return false }
    spare.truncate()
    return register.find(text, key: &spare) == .found
  }
}

extension ByteView {
  /// Whether two texts are the same but for the case of ASCII letters.
  fileprivate func equalsIgnoringCase(_ other: ByteView) -> Bool {
    guard count == other.count else { return false }
    for index in 0..<count where self[index] != other[index] {
      if self[index] | 0x20 != other[index] | 0x20 || !isLetter(self[index]) { return false }
    }
    return true
  }
}

import Bytes
import Identifiers
import Problems
import RDF
import Tables

// Columns that answer yes or no (contract §4, `unpivot`).
extension RowRunner {
  /// Makes lists of the codes of the columns that say yes in the current row, and of those that say no.
  mutating func gatherAnswers(_ row: Int, _ width: Int, _ input: borrowing RowBatch) {
    guard let plan = plan.answers else { return }
    if !wrongAnswers.isEmpty { wrongAnswers.removeAll(keepingCapacity: true) }
    answered.removeAll(keepingCapacity: true)
    for number in 0..<answers.count {
      let cell = answers[number].cell
      let text = cell < width ? input.cell(row, cell).trimmedOfSpaces : .empty
      if text.isEmpty || isNull(text, plan.yes) { continue }
      spare.truncate()
      _ = CleaningStep.yesno.apply(text, into: &spare)
      if spare.view == "true" || spare.view == "false" {
        answered.append((spare.view == "true", answers[number].code))
      } else if let code = code(ofAnswer: text, to: answers[number].title, plan.register) {
        answered.append((true, code))
      } else {
        wrongAnswers.append(number)
      }
    }
    let (yes, no) = (list(ofAnswers: true), list(ofAnswers: false))
    texts[plan.yes] = yes
    texts[plan.no] = no
  }

  /// The code that title and answer have together, such as «Rullstolsanpassat Begränsat»; nil where the register has none.
  private mutating func code(ofAnswer text: ByteView, to title: ByteView, _ register: Register?) -> ByteView? {
    guard let register else { return nil }
    spare.truncate()
    spare.append(title)
    spare.append(UInt8(ascii: " "))
    spare.append(text)
    let start = cleaned.count
    return register.find(spare.view, key: &cleaned) == .found ? cleaned.view(start..<cleaned.count) : nil
  }

  private mutating func list(ofAnswers isYes: Bool) -> ByteView {
    let start = cleaned.count
    for answer in answered where answer.isYes == isYes {
      if cleaned.count > start { cleaned.append(ItemsForm.mark) }
      cleaned.append(answer.code)
    }
    return cleaned.view(start..<cleaned.count)
  }

  /// Tells of the cells that answer something else.
  mutating func reportWrongAnswers(_ row: Int, _ input: borrowing RowBatch) {
    guard let plan = plan.answers else { return }
    for number in wrongAnswers {
      let cell = answers[number].cell
      let place = place(row, cell, input, column: ByteString(answers[number].title))
      report(
        Problem(
          .cellDatatype, at: place, value: shown(input.cell(row, cell).trimmedOfSpaces, plan.yes),
          ["datatype": .phrase("datatype-answer"), "example": "Ja"]))
    }
  }
}

extension AnswersPlan {
  /// How much memory the codes of a row may take.
  var room: Int {
    let longest = register?.members.map(\.key.count).max() ?? 0
    return columns.reduce(0) { $0 + 2 * max($1.text.count, longest) + 2 }
  }
}

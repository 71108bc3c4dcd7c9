import Bytes
import Identifiers
import Problems
import RDF
import Tables

// Columns that answer yes or no (contract §4, `unpivot`).
extension RowRunner {
  /// Makes lists of the codes of the columns that say yes in the current row, and of those that say no.
  mutating func gatherAnswers(_ row: Int, _ width: Int, _ input: borrowing RowBatch) {
    guard let yes = plan.answers?.yes, let no = plan.answers?.no else { return }
    if !wrongAnswers.isEmpty { wrongAnswers.removeAll(keepingCapacity: true) }
    answered.removeAll(keepingCapacity: true)
    for number in 0..<answers.count {
      let cell = answers[number].cell
      let text = cell < width ? input.cell(row, cell).trimmedOfSpaces : .empty
      if text.isEmpty || isNull(text, yes) { continue }
      spare.truncate()
      _ = CleaningStep.yesno.apply(text, into: &spare)
      if spare.view == "true" || spare.view == "false" {
        answered.append((spare.view == "true", answers[number].code))
      } else if let code = code(ofAnswer: text, to: answers[number].title) {
        answered.append((true, code))
      } else {
        wrongAnswers.append(number)
      }
    }
    let (has, lacks) = (list(ofAnswers: true), list(ofAnswers: false))
    texts[yes] = has
    texts[no] = lacks
  }

  /// The code that title and answer have together, such as «Rullstolsanpassat Begränsat»; nil where the register has none.
  private mutating func code(ofAnswer text: ByteView, to title: ByteView) -> ByteView? {
    guard let register = plan.answers?.register else { return nil }
    spare.truncate()
    spare.append(title)
    spare.append(UInt8(ascii: " "))
    spare.append(text)
    // A look-up may take more room than the code that it gives, and what has been cleaned may not move.
    let scratch = batch.terms.bytes.count
    defer { batch.terms.bytes.truncate(to: scratch) }
    guard register.find(spare.view, key: &batch.terms.bytes) == .found else { return nil }
    let start = cleaned.count
    cleaned.append(batch.terms.bytes.view(scratch..<batch.terms.bytes.count))
    return cleaned.view(start..<cleaned.count)
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
    guard let yes = plan.answers?.yes else { return }
    for number in wrongAnswers {
      let cell = answers[number].cell
      let place = place(row, cell, input, column: ByteString(answers[number].title))
      report(
        Problem(
          .cellDatatype, at: place, value: shown(input.cell(row, cell).trimmedOfSpaces, yes),
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

import Problems

/// A rule by which a row or cell is never published (contract §4): a condition, whether it holds of files that lack the column, and
/// the name under which it is counted.
struct WithholdRule: Sendable {
  let condition: Condition
  /// Whether a file without the column is published all the same (`absent: publish`).
  let publishesWhenAbsent: Bool
  /// The name of the rule in reports.
  let name: String
  /// Why a person should look at what the rule finds; nil where it leaves no doubt.
  let doubt: String?
  /// Whether what it finds is published, and only pointed out to a person (`only: review`).
  let onlyPointsOut: Bool
  /// The rule as it was written.
  let source: String

  /// Reads `CONDITION; absent: publish; rule: NAME; review: WHY; only: review`; the parts after the condition may be left out.
  init(_ text: String) throws(AnnotationFault) {
    source = text
    let parts = try OptionText(text, known: ["absent", "rule", "review", "only"])
    condition = try Condition(parts.text)
    publishesWhenAbsent = try parts.says("absent", "publish")
    onlyPointsOut = try parts.says("only", "review")
    name = parts.options["rule"] ?? condition.source
    doubt = parts.options["review"] ?? (onlyPointsOut ? name : nil)
  }
}

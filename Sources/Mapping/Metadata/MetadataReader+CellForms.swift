import Bytes
import JSON
import Problems

// Annotations that say what form a cell has: many values, or a place (contract §4).
extension MetadataReader {
  /// `json`, or what stands between the values.
  func items(_ name: String, _ value: JSONNode) throws(Failure) -> ItemsForm {
    guard let text = value.string, !text.isEmpty else { throw wrong(name, value, .phrase("must-be-items")) }
    return text == "json" ? .json : .separator(ByteString(text))
  }

  /// `FORM` or `FORM; same: COLUMN`.
  func readCoordinates(_ name: String, _ value: JSONNode, _ column: inout ColumnAnnotations) throws(Failure) {
    let parts = (value.string ?? "").split(separator: ";", maxSplits: 1).map(String.init)
    guard let form = parts.first.flatMap(CoordinateForm.init(rawValue:)) else {
      throw wrong(name, value, .phrase("must-be-one-of", ["choices": CoordinateForm.allCases.map(\.rawValue).joined(separator: ", ")]))
    }
    column.coordinates = form
    guard parts.count == 2 else { return }
    let option = parts[1].split(separator: ":", maxSplits: 1).map { ByteString(String($0)).withView { $0.trimmed.text } }
    guard option.count == 2, option[0] == "same", !option[1].isEmpty else {
      throw wrong(name, value, .phrase("must-be-same-column"))
    }
    column.samePlace = ByteString(option[1])
  }
}

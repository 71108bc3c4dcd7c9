import Problems

/// Why the value of an annotation is none.
struct AnnotationFault: Error { let reason: Words }

/// The value of an annotation that has options after it: `TEXT; name: value; …`.
struct OptionText {
  /// What stands before the options.
  let text: String
  /// The options by name.
  let options: [String: String]

  /// Takes a value apart. A semicolon within a regular expression is not taken for one before an option.
  init(_ source: String, known: [String]) throws(AnnotationFault) {
    var rest = source
    var options: [String: String] = [:]
    while let cut = rest.lastOption {
      if !known.contains(cut.name) || options[cut.name] != nil {
        throw AnnotationFault(reason: .phrase("none-of", ["text": cut.name, "choices": known.joined(separator: ", ")]))
      }
      options[cut.name] = cut.value
      rest = cut.before
    }
    text = rest.trimmingSpaces
    self.options = options
  }

  /// Whether an option whose only value is `value` is there; one with another value is a fault.
  func says(_ name: String, _ value: String) throws(AnnotationFault) -> Bool {
    guard let found = options[name] else { return false }
    if found == value { return true }
    throw AnnotationFault(reason: .phrase("option-must-be", ["option": name, "value": value]))
  }
}

extension String {
  /// The text without ASCII spaces at its ends.
  var trimmingSpaces: String {
    var bytes = Array(utf8)[...]
    while bytes.first == 0x20 { bytes.removeFirst() }
    while bytes.last == 0x20 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The parts between commas, without spaces at their ends.
  var commaParts: [String] { split(separator: ",").map { String($0).trimmingSpaces } }

  /// A last `; name: value`, and what stands before it.
  fileprivate var lastOption: (before: String, name: String, value: String)? {
    guard let mark = lastIndex(of: ";") else { return nil }
    let option = self[index(after: mark)...]
    guard let colon = option.firstIndex(of: ":") else { return nil }
    let name = String(option[..<colon]).trimmingSpaces
    guard !name.isEmpty, name.utf8.allSatisfy({ (0x61...0x7A).contains($0 | 0x20) }) else { return nil }
    return (String(self[..<mark]), name, String(option[option.index(after: colon)...]).trimmingSpaces)
  }
}

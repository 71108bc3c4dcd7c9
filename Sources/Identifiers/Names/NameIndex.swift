import Bytes

/// The names of a register's members in the forms in which people write them.
///
/// A *form* is a name as look-ups compare it, or what is left of it without the words that may stand beside a name (`Örebro kommun`) and without
/// the genitive that goes before them (`Göteborgs stad`).
final class NameIndex: Sendable {
  private let words: [ByteString]
  private let forms: MemberTable
  /// The forms without dots, accents and punctuation.
  private let plain: MemberTable
  private let slips: SlipTable

  /// The names of members.
  /// - Parameter words: the words that may stand beside a name, in small letters.
  init(_ members: [Register.Member], words: [ByteString]) {
    self.words = words
    var forms = MemberTable(capacity: members.count * 2)
    var plain = MemberTable(capacity: members.count * 2)
    for (number, member) in members.enumerated() {
      for name in member.names {
        for form in Self.forms(of: foldedName(name), words) { Self.note(form, number, &forms, &plain) }
      }
    }
    slips = SlipTable(of: forms)
    self.forms = forms
    self.plain = plain
  }

  /// A folded name, and what is left of it without the words beside it.
  private static func forms(of folded: ByteString, _ words: [ByteString]) -> [ByteString] {
    var forms = [folded]
    folded.withView { view in withCores(of: view, words) { forms.append(ByteString($0)) } }
    return forms
  }

  private static func note(_ form: ByteString, _ member: Int, _ forms: inout MemberTable, _ plain: inout MemberTable) {
    var slug = ByteBuffer()
    form.withView { view in
      forms.note(view, of: member)
      slug.append(slugOf: view)
    }
    if !slug.isEmpty { plain.note(slug.view, of: member) }
  }

  /// The members that a folded text names where the words beside it are left out; nil where there are none.
  func written(_ folded: ByteView) -> [Int]? {
    var found = forms.find(folded)
    if found == nil { Self.withCores(of: folded, words) { found = found ?? forms.find($0) } }
    return found.map { forms.members($0) }
  }

  /// The members that a folded text names where dots, accents and punctuation don't count; nil where there are none.
  func lettered(_ folded: ByteView) -> [Int]? {
    var spare = ByteBuffer()
    func find(_ text: ByteView) -> Int? {
      spare.truncate()
      spare.append(slugOf: text)
      return plain.find(spare.view)
    }
    var found = find(folded)
    if found == nil { Self.withCores(of: folded, words) { found = found ?? find($0) } }
    return found.map { plain.members($0) }
  }

  /// The forms that lie within one slip of a folded text, each once, and whether one of them is long enough to be known again: where text and
  /// form have three letters, another letter makes another word.
  func slipped(_ folded: ByteView) -> (forms: [Int], isTelling: Bool) {
    // A word that may stand beside a name is none with a slip in it.
    if words.contains(where: { word in word.withView { $0 == folded } }) { return ([], false) }
    var found: [Int] = []
    var isTelling = false
    func look(_ text: ByteView) {
      slips.candidates(text) { number in
        let form = forms.text(number)
        if found.contains(number) || !text.isOneSlip(from: form) { return }
        found.append(number)
        if max(text.scalarCount, form.scalarCount) > 3 { isTelling = true }
      }
    }
    look(folded)
    Self.withCores(of: folded, words) { look($0) }
    return (found, isTelling)
  }

  /// The members of forms.
  func members(ofForms numbers: [Int]) -> [Int] {
    if numbers.count == 1 { return forms.members(numbers[0]) }
    var all: [Int] = []
    for number in numbers { for member in forms.members(number) where !all.contains(member) { all.append(member) } }
    return all
  }

  /// The members whose names lie within one slip of a form.
  func neighbours(ofForm number: Int) -> [Int] {
    let form = forms.text(number)
    var found: [Int] = []
    slips.candidates(form) { other in
      if !found.contains(other), form.isOneSlip(from: forms.text(other)) { found.append(other) }
    }
    return members(ofForms: found)
  }

  /// Tells of each form that comes near enough to a folded text: its members and how far it is.
  func near(_ folded: ByteView, within bound: Int, _ body: (Int, Int) -> Void) {
    func look(_ text: ByteView) {
      guard let pattern = EditPattern(text) else { return }
      for number in 0..<forms.count {
        let form = forms.text(number)
        if abs(form.scalarCount - pattern.length) > bound { continue }
        let distance = pattern.distance(to: form)
        if distance > bound { continue }
        for member in forms.members(number) { body(member, distance) }
      }
    }
    look(folded)
    Self.withCores(of: folded, words) { look($0) }
  }

  /// The members that have a form which begins as a folded text does, in the order of the register.
  func beginning(with folded: ByteView, limit: Int) -> [Int] {
    var found: [Int] = []
    for number in 0..<forms.count where forms.text(number).hasPrefix(folded) {
      for member in forms.members(number) where !found.contains(member) { found.append(member) }
      if found.count >= limit { break }
    }
    return found
  }

  /// Gives what is left of a folded text without the words at its ends: as it is, and where a word stood after it without the genitive's s.
  private static func withCores(of text: ByteView, _ words: [ByteString], _ body: (ByteView) -> Void) {
    if words.isEmpty { return }
    func isWord(_ part: ByteView) -> Bool { words.contains { word in word.withView { $0 == part } } }
    var (start, end) = (0, text.count)
    var isGenitive = false
    while true {
      if let space = text[start..<end].buffer.lastIndex(of: 0x20), isWord(text[(start + space + 1)..<end]) {
        end = start + space
        isGenitive = true
      } else if let space = text[start..<end].firstIndex(of: 0x20), isWord(text[start..<(start + space)]) {
        start += space + 1
      } else {
        break
      }
    }
    if start == 0, end == text.count || start == end { return }
    body(text[start..<end])
    if isGenitive, end - start > 2, text[end - 1] == UInt8(ascii: "s") { body(text[start..<(end - 1)]) }
  }
}

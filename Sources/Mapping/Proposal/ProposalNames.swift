import Bytes
import Identifiers

/// Makes names of columns, terms and kinds of things from titles and file names.
struct ProposalNames {
  private var taken: Set<String> = []

  /// The name of a column: the slug of its title with `_` between words, `kolumn_N` where it has none, and a number where it is taken.
  mutating func column(_ title: String, number: Int) -> String {
    let slug = Self.slug(Self.withoutUnit(title))
    return unique(slug.isEmpty ? "kolumn_\(number + 1)" : String(slug.map { $0 == "-" ? "_" : $0 }))
  }

  /// A name like `wanted` that is not taken.
  mutating func unique(_ wanted: String) -> String {
    var name = wanted
    var number = 2
    while !taken.insert(name).inserted {
      name = "\(wanted)_\(number)"
      number += 1
    }
    return name
  }

  /// The name of a property of the site's own: the words of the title, each but the first with a capital.
  static func term(_ title: String) -> String {
    let words = slug(withoutUnit(title)).split(separator: "-").map(String.init)
    guard let first = words.first else { return "" }
    return words.dropFirst().reduce(first) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
  }

  /// A title without a unit in parentheses at its end, such as `(m²)`.
  private static func withoutUnit(_ title: String) -> String {
    guard title.hasSuffix(")"), let open = title.lastIndex(of: "("), open > title.startIndex else { return title }
    return title[open...].count <= 5 ? String(title[..<open]) : title
  }

  /// The kind of things that a file is about: the slug of its name without ending, and without numbers at its end, such as a year.
  static func kind(ofFile name: String) -> String {
    var words = slug(stem(ofFile: name)).split(separator: "-").map(String.init)
    while words.count > 1, words.last?.allSatisfy(\.isNumber) == true { words.removeLast() }
    return words.isEmpty ? "rad" : words.joined(separator: "-")
  }

  /// What a file is called: its name without folder and ending, with spaces between words.
  static func title(ofFile name: String) -> String {
    let text = String(stem(ofFile: name).map { $0 == "_" ? " " : $0 })
    return text.prefix(1).uppercased() + text.dropFirst()
  }

  /// A file's name without folder and ending.
  static func stem(ofFile name: String) -> String {
    let last = name.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? name
    let bare = String(last.prefix { $0 != "?" && $0 != "#" && $0 != "!" })
    return bare.lastIndex(of: ".").map { String(bare[..<$0]) } ?? bare
  }

  static func slug(_ text: String) -> String {
    var out = ByteBuffer()
    ByteString(text).withView { out.append(slugOf: $0) }
    return out.view.text
  }
}

import Glibc
import Testing

@testable import Problems

@Suite("The catalog of wording") struct CatalogTests {
  private static let catalog = Wording.shared
  private static let phrases = catalog.blocks.filter { $0.hasPrefix("phrase:") }.sorted()

  @Test("a help is there in both languages or in none", arguments: ProblemCode.allCases)
  func helps(_ code: ProblemCode) {
    #expect((Self.catalog.template("sv-help", of: code.rawValue) == nil) == (Self.catalog.template("en-help", of: code.rawValue) == nil))
  }

  @Test("a block names the same placeholders in both languages", arguments: catalog.blocks.sorted())
  func placeholders(_ block: String) throws {
    let swedish = try #require(Self.catalog.template("sv", of: block))
    let english = try #require(Self.catalog.template("en", of: block))
    #expect(Self.placeholders(swedish) == Self.placeholders(english))
    let helps = ["sv-help", "en-help"].map { Self.placeholders(Self.catalog.template($0, of: block) ?? "") }
    #expect(helps[0] == helps[1])
  }

  @Test("texts are quoted with «» in both languages alike", arguments: catalog.blocks.sorted())
  func quotes(_ block: String) {
    for (sv, en) in [("sv", "en"), ("sv-help", "en-help")] {
      let swedish = Self.catalog.template(sv, of: block) ?? ""
      let english = Self.catalog.template(en, of: block) ?? ""
      #expect(swedish.count { $0 == "«" } == english.count { $0 == "«" })
      for text in [swedish, english] {
        #expect(text.count { $0 == "«" } == text.count { $0 == "»" })
        #expect(!text.contains { "“”‘’\"".contains($0) })
      }
    }
  }

  @Test("messages, helps and answers are sentences, phrases are parts of them", arguments: catalog.blocks.sorted())
  func sentences(_ block: String) {
    for key in ["sv", "en", "sv-help", "en-help"] {
      guard let text = Self.catalog.template(key, of: block) else { continue }
      let isSentence = ProblemCode(rawValue: block) != nil || block.hasPrefix("answer:")
      let end = text.hasSuffix("]]") ? text.dropLast(2) : text[...]
      #expect((end.hasSuffix(".") || end.hasSuffix("?")) == isSentence, "\(block)/\(key)")
      #expect(text == text.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " "))
    }
  }

  @Test(
    "what problems of a kind have in common is said of kinds that there are", arguments: catalog.blocks.filter { $0.hasPrefix("kind:") })
  func kinds(_ block: String) {
    #expect(ProblemCode(rawValue: String(block.dropFirst(5))) != nil)
  }

  @Test("the phrases of the catalog are those that the sources use")
  func phrasesInUse() throws {
    let sources = try Self.sources()
    #expect(sources.count > 100)
    var used: Set<String> = []
    for source in sources { used.formUnion(Self.keys(in: source.text)) }
    #expect(used.subtracting(Self.phrases.map { String($0.dropFirst(7)) }).sorted() == [])
    #expect(Set(Self.phrases.map { String($0.dropFirst(7)) }).subtracting(used).sorted() == [])
  }

  @Test("no reason is written in one language at the place where it is given")
  func noBareReasons() throws {
    let beginnings = ["\"reason\": \"", "reason: \"", "invalid(\"", "\"what\": \"", "\"action\": \"", "error(\""]
    for source in try Self.sources() {
      for beginning in beginnings { #expect(!source.text.contains(beginning), "\(beginning) in \(source.path)") }
    }
  }

  /// The names in braces of a text.
  private static func placeholders(_ text: String) -> Set<String> {
    var names: Set<String> = []
    for part in text.split(separator: "{", omittingEmptySubsequences: false).dropFirst() {
      guard let end = part.firstIndex(of: "}"), part[..<end].allSatisfy({ $0.isLetter }) else { continue }
      names.insert(String(part[..<end]))
    }
    return names
  }

  /// The keys of phrases that a source names.
  private static func keys(in source: String) -> [String] {
    var keys: [String] = []
    var rest = source.utf8[...]
    let mark = Array(".phrase(".utf8)
    while let at = rest.firstIndex(of: UInt8(ascii: ".")) {
      rest = rest[at...]
      guard rest.starts(with: mark) else {
        rest = rest.dropFirst()
        continue
      }
      rest = rest.dropFirst(mark.count).drop { $0 == 0x20 || $0 == 0x0A }
      if rest.first == UInt8(ascii: "\"") {
        let key = rest.dropFirst().prefix { $0 != UInt8(ascii: "\"") }
        keys.append(String(decoding: key, as: UTF8.self))
      }
    }
    return keys
  }

  /// All Swift files of the product.
  private static func sources() throws -> [(path: String, text: String)] {
    let here = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    var folders = [here.dropLast(3).joined(separator: "/") + "/Sources"]
    var result: [(path: String, text: String)] = []
    while let folder = folders.popLast() {
      let handle = try #require(opendir(folder))
      defer { closedir(handle) }
      while let entry = readdir(handle) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        let path = folder + "/" + name
        if name.hasSuffix(".swift") {
          result.append((path, try text(of: path)))
        } else if !name.hasPrefix("."), entry.pointee.d_type == DT_DIR {
          folders.append(path)
        }
      }
    }
    return result
  }

  private static func text(of path: String) throws -> String {
    let file = try #require(fopen(path, "r"))
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&block, 1, block.count, file), count > 0 { bytes += block[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }
}

import Bytes
import Foundation
import Mapping
import Problems
import RDF
import Resources
import Site
import Tables
import TestSupport
import Testing

/// Whatever a publisher calls the column with its municipality, the same code or name is the same thing, in every mapping.
///
/// Mappings, variants and examples are found in `mappings/`: one that is added is tested. What stands in the examples' own column of the
/// municipality is taken away, and a column with the title in question put in its place.
struct HeaderVariantTests {
  /// A variant of a mapping that gives municipalities, and an example that it reads.
  struct Variant: Sendable, CustomTestStringConvertible {
    let mapping: String
    let name: String
    let path: String
    let kinds: [String]
    /// The titles of its columns with the register of municipalities.
    let titles: [String]
    /// The example's file, and the settings that stand beside it.
    let example: String?
    let settings: [String: String]

    var testDescription: String { mapping + "/" + name }
  }

  /// A title and what the cells below it say; nil where there is no such column and `--set kommun=` says it.
  static let titles: [(title: String?, cell: String)] = [
    ("Kommunid", "1880"), ("Id_kommun", "1880"), ("Kommunkod", "1880"), ("kommun_id", "1880"), ("Kommun-kod", "1880"),
    ("KOMMUN-KOD", "1880"),
    ("Kommun", "Örebro"), ("Kommunnamn", "örebro"), (nil, "1880"),
  ]

  private static let root = ProgramRun.repository + "/mappings"
  private static let library = Library(roots: [ProgramRun.repository])
  private static let orebro = "https://w3id.org/kommungraf/id/kommun/1880"

  static let variants: [Variant] = library.mappingNames.flatMap { mapping -> [Variant] in
    let folder = root + "/" + mapping
    guard let specification = try? Specification(folder: folder, resources: FileSource(), problems: ProblemList()) else { return [] }
    return specification.variants.compactMap { variant in
      // RML names its sources' fields itself.
      guard !variant.path.hasSuffix(".ttl"), let titles = titlesOfKommun(variant.path), !titles.isEmpty else { return nil }
      let example = example(of: variant, specification, in: folder)
      return Variant(
        mapping: mapping, name: variant.name, path: variant.path, kinds: variant.kinds, titles: titles, example: example?.file,
        settings: example?.settings ?? [:])
    }
  }

  @Test func thereAreVariants() {
    #expect(Self.variants.contains { $0.mapping == "leverantorsreskontra" })
    #expect(Self.variants.contains { $0.mapping == "livsmedelskontroller" })
  }

  @Test(arguments: variants) func everyTitleIsTheSameMunicipality(_ variant: Variant) throws {
    let example = try #require(
      variant.example, "\(variant.testDescription): no file in mappings/\(variant.mapping)/examples is read by this variant")
    for (title, cell) in Self.titles {
      let given = title.map { "a column «\($0)» with «\(cell)»" } ?? "--set kommun=\(cell)"
      do throws(Failure) {
        let found = try kommuner(variant, example, title: title, cell: cell)
        #expect(
          found.iris == [Self.orebro],
          "\(variant.testDescription): \(given) should be 1880 alone. Its titles are \(variant.titles). \(found.problems)")
      } catch {
        Issue.record("\(variant.testDescription): \(given): \(error.problem.line(in: .en)) Its titles are \(variant.titles).")
      }
    }
  }

  /// The name beside the code is no other thing, and one that says something else is told of.
  @Test(arguments: variants) func aNameBesideTheCodeIsComparedWithIt(_ variant: Variant) throws {
    let example = try #require(variant.example)
    let same = try kommuner(variant, example, title: "Kommunkod", cell: "1880", and: ("Kommunnamn", "Örebro"))
    #expect(same.iris == [Self.orebro], "\(variant.testDescription)")
    #expect(same.problems.allSatisfy { !$0.contains("«1880» does not agree") }, "\(variant.testDescription): \(same.problems)")
    let other = try kommuner(variant, example, title: "Kommunkod", cell: "1880", and: ("Kommunnamn", "Västerås"))
    #expect(other.iris == [Self.orebro], "\(variant.testDescription): the code counts")
    #expect(
      other.problems.contains { $0.contains("«1880» does not agree with other columns, which give «1980»") },
      "\(variant.testDescription): no word of the disagreement: \(other.problems)")
  }

  /// The municipalities that an example gives with another column of the municipality, and what was said.
  private func kommuner(
    _ variant: Variant, _ example: String, title: String?, cell: String, and second: (title: String, cell: String)? = nil
  ) throws(Failure) -> (iris: Set<String>, problems: [String]) {
    let table = try Self.read(example, for: variant.mapping)
    let own = Set(variant.titles.map(Self.folded))
    let words = Self.library.headerWords(FileSource())
    func isKommun(_ title: String) -> Bool {
      own.contains(Self.folded(title))
        || words.meanings(of: title).contains { $0.register == "kommun" && $0.property != nil && !$0.isEnding }
    }
    let kept = table.header.indices.filter { !isKommun(table.header[$0]) }
    let added = [title.map { ($0, cell) }, second].compactMap { $0 }
    let lines =
      [kept.map { table.header[$0] } + added.map(\.0)]
      + table.rows.map { row in
        kept.map { $0 < row.count ? row[$0] : "" } + added.map(\.1)
      }
    // What stands before the header may say what the rows do not.
    let text = (table.preamble + lines.map { $0.map(Self.quoted).joined(separator: ";") }).map { $0 + "\n" }.joined()
    let name = URL(fileURLWithPath: example).deletingPathExtension().lastPathComponent + ".csv"
    let problems = ProblemList()
    var job = ConversionJob(
      inputs: [name], mapping: variant.mapping, library: Self.library, resources: OneFile(name: name, bytes: Array(text.utf8)),
      problems: problems)
    job.variant = variant.kinds.isEmpty || variant.kinds.contains("csv") ? nil : variant.name
    job.settings = variant.settings
    if title == nil { job.settings["kommun"] = cell }
    job.base = "https://data.example.se"
    job.asOf = CivilDate(year: 2099, month: 1, day: 1)
    let collector = QuadCollector()
    _ = try job.run(into: collector)
    let iris = collector.quads.flatMap { [$0.subject, $0.object] }.compactMap { term -> String? in
      if case .iri(let iri) = term, iri.text.contains("/id/kommun/") { iri.text } else { nil }
    }
    return (Set(iris), problems.problems.map { $0.line(in: .en) })
  }

  /// The cells of an example, as the mapping finds its header, and the lines before that.
  private static func read(_ file: String, for mapping: String) throws(Failure) -> (preamble: [String], header: [String], rows: [[String]])
  {
    let choice = try choice(of: mapping)
    var rule = HeaderRule()
    rule.search = choice.headerSearch(settings: [])
    let table = try TableReader.open(
      FileSource().open(file), kind: TableReader.Kind(name: file), dialect: .undeclared, rule: rule, problems: ProblemList())
    var rows: [[String]] = []
    var batch = RowBatch()
    while try table.next(&batch) {
      for row in 0..<batch.rowCount { rows.append((0..<batch.cellCount(row)).map { batch.cell(row, $0).text }) }
    }
    return (table.comments.map(\.text), (table.header.first ?? []).map(\.text), rows)
  }

  private static func choice(of mapping: String) throws(Failure) -> VariantChoice {
    let specification = try Specification(folder: root + "/" + mapping, resources: FileSource(), problems: ProblemList())
    return try VariantChoice(specification, words: library.headerWords(FileSource()), resources: FileSource(), problems: ProblemList())
  }

  /// The first example that a variant reads, and the settings beside it.
  private static func example(
    of variant: Specification.Variant, _ specification: Specification, in folder: String
  ) -> (file: String, settings: [String: String])? {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder + "/examples")) ?? []).sorted()
    for name in names where names.contains(name + ".ttl") {
      let file = folder + "/examples/" + name
      let options = ((try? String(contentsOfFile: file + ".options", encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
      var settings: [String: String] = [:]
      for (option, value) in zip(options, options.dropFirst()) where option == "--set" {
        let parts = value.split(separator: "=", maxSplits: 1).map(String.init)
        if parts.count == 2, parts[0] != "kommun" { settings[parts[0]] = parts[1] }
      }
      guard isRead(file, by: variant, specification.name, settings) else { continue }
      return (file, settings)
    }
    return nil
  }

  private static func isRead(_ file: String, by variant: Specification.Variant, _ mapping: String, _ settings: [String: String]) -> Bool {
    do {
      let choice = try choice(of: mapping)
      var rule = HeaderRule()
      let names = Set(settings.keys).union(["kommun"])
      rule.search = choice.headerSearch(settings: names)
      let table = try TableReader.open(
        FileSource().open(file), kind: TableReader.Kind(name: file), dialect: .undeclared, rule: rule, problems: ProblemList())
      let titles = (table.header.first ?? []).map(\.text)
      return try choice.fitting(table, settings: names) { _ in titles }.file == variant.path
    } catch {
      return false
    }
  }

  /// The titles of a mapping's columns with the register of municipalities; nil where the file can't be read.
  private static func titlesOfKommun(_ path: String) -> [String]? {
    guard let bytes = FileManager.default.contents(atPath: path),
      let object = try? JSONSerialization.jsonObject(with: bytes) as? [String: Any],
      let columns = (object["tableSchema"] as? [String: Any])?["columns"] as? [[String: Any]]
    else { return nil }
    return columns.flatMap { column -> [String] in
      let register = column["https://w3id.org/kommungraf/ns/csvw/register"] ?? column["kgm:register"]
      guard register as? String == "kommun", column["virtual"] as? Bool != true else { return [] }
      return column["titles"] as? [String] ?? [column["titles"] as? String ?? column["name"] as? String].compactMap { $0 }
    }
  }

  private static func folded(_ title: String) -> String {
    title.trimmingCharacters(in: .whitespaces.union(["\u{FEFF}"])).lowercased()
  }

  private static func quoted(_ cell: String) -> String { "\"" + cell.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }
}

/// One file of a test's own, beside those of the disk.
private struct OneFile: ByteSource {
  let name: String
  let bytes: [UInt8]

  func open(_ name: String) throws(Failure) -> any ByteStream {
    name == self.name ? MemoryStream(bytes, name: name) : try FileSource().open(name)
  }
}

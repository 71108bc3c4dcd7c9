import Bytes
import Identifiers
import Mapping
import Problems
import RDF
import Resources
import Tables

/// What a table gave under a mapping, in process.
struct ColumnConversion {
  /// The quads, as cells gave them.
  let quads: [Quad]
  /// All problems, as lines.
  let problems: [String]
  /// What the report says.
  let report: ConversionReport

  /// Converts `table` by a mapping with these columns and annotations of the table, both as JSON.
  /// - Parameters:
  ///   - about: the template of the subjects; nil for nodes of the rows.
  ///   - file: the name of the file.
  ///   - findsHeader: whether the header is searched for among the first rows.
  ///   - change: changes what the conversion knows beside the mapping.
  init(
    columns: String, table: String, annotations: String = "", registers: [Register] = [], about: String? = "http://example.org/{_row}",
    file: String = "t.csv", findsHeader: Bool = false, _ change: (inout ConversionContext) -> Void = { _ in }
  ) throws {
    try self.init(
      columns: columns, table: Array(table.utf8), annotations: annotations, registers: registers, about: about, file: file,
      findsHeader: findsHeader, change)
  }

  /// Converts a table that is no text.
  init(
    columns: String, table: [UInt8], annotations: String = "", registers: [Register] = [], about: String? = "http://example.org/{_row}",
    file: String = "t.csv", findsHeader: Bool = false, _ change: (inout ConversionContext) -> Void = { _ in }
  ) throws {
    let mapping = """
      {"@context": "http://www.w3.org/ns/csvw", "url": "t.csv", \(annotations.isEmpty ? "" : annotations + ",")
       "tableSchema": {\(about.map { "\"aboutUrl\": \"\($0)\", " } ?? "")"columns": [\(columns)]}}
      """
    let list = ProblemList()
    let source = FixedText(text: mapping)
    let group = try MetadataLocator(resources: source, problems: list).read("http://example.org/m.json", file: "m.json")
    var context = ConversionContext(mode: .minimal, registers: Registers(registers), problems: list)
    change(&context)
    let collector = QuadCollector()
    let conversion = Conversion(group, context: context, sink: collector)
    var rule = HeaderRule()
    if findsHeader { rule.search = group.headerSearch(ofTable: 0, settings: Set(context.settings.keys.map(\.text))) }
    let rows = try TableReader.open(
      MemoryStream(table, name: file), dialect: findsHeader ? .undeclared : Dialect(), rule: rule, problems: list)
    try conversion.convert(rows, asTable: 0)
    report = try conversion.finish()
    quads = collector.quads
    problems = list.problems.map { $0.line(in: .en) }
  }

  /// The literals' lexical forms, and IRIs as they are.
  var values: [String] {
    quads.map { quad in
      switch quad.object {
      case .literal(let text, _), .iri(let text): text.text
      case .blankNode(let label): "_:" + label.text
      }
    }
  }

  /// The literals' lexical forms and datatypes, without their namespace, such as `12.5 decimal`; IRIs as they are.
  var objects: [String] {
    quads.map { quad in
      switch quad.object {
      case .literal(let text, .datatype(let iri)): "\(text.text) \(iri.text.split(whereSeparator: { "#/".contains($0) }).last ?? "")"
      case .literal(let text, .language(let tag)): "\(text.text) @\(tag.text)"
      case .iri(let iri): iri.text
      case .blankNode(let label): "_:" + label.text
      }
    }
  }
}

/// One text under every name.
private struct FixedText: ByteSource {
  let text: String

  func open(_ name: String) throws(Failure) -> any ByteStream { MemoryStream(Array(text.utf8), name: name) }
}

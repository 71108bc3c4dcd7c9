import Bytes
import JSON
package import Mapping
package import Problems
package import RDF
package import Resources
import Tables

/// What a person asks for when tables are converted or checked: some inputs, by some mapping (contract §1, `convert`).
package struct ConversionJob {
  /// What own things begin with where nobody said.
  package static let defaultBase = "https://data.example.se/"

  /// The inputs: paths, IRIs or `-`.
  package var inputs: [String]
  /// The mapping: a name or a file; nil to look beside the tables.
  package var mapping: String?
  /// The variant of a mapping by name; nil to choose by the header.
  package var variant: String?
  /// Values of columns that the files lack.
  package var settings: [String: String] = [:]
  /// Which triples; nil for minimal with a mapping by name, else standard.
  package var mode: ConversionMode?
  /// What own things begin with; nil for the default with a mapping by name, else CSVW's rule.
  package var base: String?
  /// The graph of all triples; nil for the default graph.
  package var graph: String?
  /// The patterns of registers that a site has moved, by name.
  package var patterns: [String: String] = [:]
  /// Put before the labels of blank nodes, so that several jobs can feed one sink.
  package var blankNodePrefix = ""
  /// The `Link` header that came with the first input, where it was fetched.
  package var link: String?
  /// Whether the tables are only checked, so that metadata that does not fit them is an error (metadata vocabulary §5.5.1).
  package var isValidation = false
  /// What takes note of the columns of the inputs, for suggestions; nil where nobody asks.
  package var survey: ColumnSurvey?
  /// Where names are looked up.
  package var library: Library
  /// Where bytes come from.
  package var resources: any ByteSource
  /// Where problems go.
  package var problems: any ProblemSink

  /// A job over `inputs`.
  package init(inputs: [String], mapping: String?, library: Library, resources: any ByteSource, problems: any ProblemSink) {
    self.inputs = inputs
    self.mapping = mapping
    self.library = library
    self.resources = resources
    self.problems = problems
  }

  /// Runs the job into a sink, which is told when all has come.
  /// - Throws: a failure that makes an input unusable.
  package func run(into sink: any QuadSink) throws(Failure) -> ConversionReport {
    let report = try convert(into: sink)
    try sink.finish()
    return report
  }

  /// Runs the job into a sink that more will come into.
  /// - Throws: a failure that makes an input unusable; quads may have come before it.
  package func convert(into sink: any QuadSink) throws(Failure) -> ConversionReport {
    if let mapping, !isFile(mapping) { return try runNamed(mapping, into: sink) }
    let locator = MetadataLocator(resources: resources, problems: problems)
    if let mapping {
      let group = try locator.read(inputIRI(mapping), file: mapping)
      return try run(group, inputs, mode: .standard, base: nil, into: sink)
    }
    guard let first = inputs.first else { throw Failure(.inputMissing, ["name": ""]) }
    if let group = try metadata(in: first, locator) { return try run(group, [], mode: .standard, base: nil, into: sink) }
    // What a server says of the table's metadata comes with the table itself.
    let stream = first.hasPrefix("http://") || first.hasPrefix("https://") ? try resources.open(first) : nil
    let found = first == "-" ? nil : try locator.locate(for: inputIRI(first), link: link ?? stream?.link)
    let group = found ?? TableGroupDescription(embeddedIn: inputIRI(first))
    return try run(group, inputs, fetched: stream, mode: .standard, base: nil, into: sink)
  }

  /// A mapping is a file where it has a slash or an ending; else it is a name.
  private func isFile(_ mapping: String) -> Bool { mapping.contains("/") || mapping.contains(".") }

  private func inputIRI(_ name: String) -> ByteString { name.contains("://") ? ByteString(name) : fileIRI(name) }

  /// The description that an input holds where it is CSVW metadata itself.
  private func metadata(in input: String, _ locator: MetadataLocator) throws(Failure) -> TableGroupDescription? {
    guard input.hasSuffix(".json") || input.hasSuffix(".jsonld") else { return nil }
    let bytes = try resources.open(input).readAll(limit: 64 << 20)
    guard let root = try? JSONParser.parse(bytes, file: input, problems: nil), let context = root.object?["@context"],
      context.string ?? context.array?.first?.string == "http://www.w3.org/ns/csvw" as String?
    else { return nil }
    return try locator.read(inputIRI(input), file: input)
  }

  private func runNamed(_ name: String, into sink: any QuadSink) throws(Failure) -> ConversionReport {
    let specification = try Specification(folder: try library.mapping(name), resources: resources, problems: problems)
    let choice = try VariantChoice(specification, resources: resources, problems: problems)
    if base == nil { problems.report(Problem(.baseMissing, ["base": Self.defaultBase])) }
    let base = base ?? Self.defaultBase
    if let variant { return try run(try choice.named(variant), inputs, mode: .minimal, base: base, into: sink) }
    guard let first = inputs.first else { throw Failure(.inputMissing, ["name": ""]) }
    let reading: any ProblemSink = choice.isSecretive ? DiscreetSink(problems) : problems
    let rows = try open(first, dialect: nil, problems: reading)
    let header = rows.header.first?.map(\.text) ?? []
    survey?.note(header: header, file: rows.name)
    let group = try choice.fitting(
      header: header, isJSON: rows is JSONTable, settings: Set(settings.keys), file: rows.name)
    return try run(group, inputs, opened: rows, mode: .minimal, base: base, into: sink)
  }

  /// Converts the inputs by a mapping, or where there are none the tables that it names itself.
  private func run(
    _ group: TableGroupDescription, _ inputs: [String], opened: (any RowSource)? = nil, fetched: (any ByteStream)? = nil,
    mode: ConversionMode, base: String?, into sink: any QuadSink
  ) throws(Failure) -> ConversionReport {
    let registers = try RegisterShelf(library, patterns: patterns, resources: resources).registers(for: group, problems: problems)
    var context = ConversionContext(
      mode: self.mode ?? mode, base: (self.base ?? base).map { ByteString($0.hasSuffix("/") ? $0 : $0 + "/") }, settings: settings,
      registers: registers, graph: graph.map { ByteString($0) }, problems: problems)
    context.isValidation = isValidation
    context.survey = survey
    context.blankNodePrefix = ByteString(blankNodePrefix)
    reportUnusedSettings(group)
    var work: [(table: Int, rows: any RowSource)] = []
    if inputs.isEmpty {
      for (number, table) in group.tables.enumerated() { work.append((number, try open(table.url.text, group, number))) }
    }
    for (index, input) in inputs.enumerated() {
      if index == 0, let opened {
        work.append((0, opened))
        continue
      }
      let number = try table(for: input, of: group)
      work.append((number, try open(input, group, number, fetched: index == 0 ? fetched : nil)))
    }
    // In JSON the rows of a table stand in one array.
    if sink is RowObjects {
      work = group.tables.indices.flatMap { number in work.filter { $0.table == number } }
    }
    let conversion = Conversion(group, tables: Array(Set(work.map(\.table))).sorted(), context: context, sink: sink)
    for item in work { try conversion.convert(item.rows, asTable: item.table) }
    return try conversion.finish()
  }

  private func open(
    _ name: String, _ group: TableGroupDescription, _ number: Int, fetched: (any ByteStream)? = nil
  ) throws(Failure) -> any RowSource {
    let sink: any ProblemSink = group.isSecretive(table: number) ? DiscreetSink(problems) : problems
    return try open(name, fetched: fetched, dialect: group.dialect(ofTable: number), problems: sink)
  }

  /// Opens a table as a dialect says, before anything is known of it.
  /// - Throws: what opening and reading its beginning throws.
  func table(_ name: String, dialect: Dialect, problems: any ProblemSink) throws(Failure) -> any RowSource {
    try open(name, dialect: dialect, problems: problems)
  }

  /// Opens a table. What is called JSON must be JSON: read as CSV, half a document would give problems that mislead.
  private func open(
    _ name: String, fetched: (any ByteStream)? = nil, dialect: Dialect?, problems: any ProblemSink
  ) throws(Failure) -> any RowSource {
    let kind = TableReader.Kind(name: name)
    let stream = if let fetched { fetched } else { try resources.open(name) }
    return try TableReader.open(
      stream, kind: kind == .json ? kind : nil, dialect: dialect ?? .undeclared, problems: problems)
  }

  /// The table that an input is: by file name, else the only one there is.
  private func table(for input: String, of group: TableGroupDescription) throws(Failure) -> Int {
    if group.tables.count == 1 { return 0 }
    let iri = inputIRI(input)
    func lastPart(_ text: String) -> Substring? { text.split(separator: "/").last }
    if let exact = group.tables.firstIndex(where: { $0.url == iri }) { return exact }
    if let named = group.tables.firstIndex(where: { lastPart($0.url.text) == lastPart(iri.text) }) { return named }
    // The table is opened again when it is known whose it is; its problems are told then, as discreetly as it asks for.
    let rows = try open(input, dialect: nil, problems: ProblemList())
    let header = rows.header.first?.map(\.text) ?? []
    let fitting = group.tables.indices.filter { group.titlesMatch(header, ofTable: $0) }
    if fitting.count == 1 { return fitting[0] }
    let choices = group.tables.map { String(lastPart($0.url.text) ?? "") }.joined(separator: ", ")
    throw Failure(.tableUnbound, at: Place(file: input), ["choices": choices])
  }

  private func reportUnusedSettings(_ group: TableGroupDescription) {
    let known = group.settableNames
    for name in settings.keys.sorted() where !known.contains(name) {
      var arguments = ["name": name]
      arguments["nearest"] = nearest(to: name, among: known)
      problems.report(Problem(.settingUnused, arguments))
    }
  }
}

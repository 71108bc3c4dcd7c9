import Bytes
import Identifiers
import JSON
package import Logging
package import Mapping
package import Problems
package import RDF
package import Resources
import Tables

/// What a person asks for when tables are converted or checked: some inputs, by some mapping (contract §1, `convert`).
package struct ConversionJob {
  /// What own things begin with where nobody said.
  package static let defaultBase = "https://data.example.se/"

  /// The inputs: paths, IRIs or `-`, of workbooks perhaps with the sheet after a `!`.
  package var inputs: [String]
  /// Inputs that come from one place each, as the pages of one address: what is not at all what the mapping is meant for is told of each.
  package var together: [[String]] = []
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
  /// How many rows were numbered before by jobs whose blank nodes have the same prefix.
  package var rowsBefore = 0
  /// How many of the first rows of an input are passed over, by its name.
  package var rowsToSkip: [String: Int] = [:]
  /// The `Link` header that came with the first input, where it was fetched.
  package var link: String?
  /// The day, in Sweden, as of which embargoes are judged; nil for today.
  package var asOf: CivilDate?
  /// What is held back; less than all only for a sink that shows it to nobody.
  var holdsBack = HeldBack.rowsAndCells
  /// Where what a person should look at goes, or nil.
  package var review: ReviewList?
  /// The row that the header of each input stands in, from 1; nil to find it.
  package var firstRow: Int?
  /// A file whose first row has the titles of the inputs' columns, which have none; nil where they have.
  package var headerFile: String?
  /// Whether the tables are only checked, so that metadata that does not fit them is an error (metadata vocabulary §5.5.1).
  package var isValidation = false
  /// What takes note of the columns of the inputs, for suggestions; nil where nobody asks.
  package var survey: ColumnSurvey?
  /// What is told how the job is done.
  package var log = Logger.silent
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
    if let mapping, Self.isTriples(mapping) { return try run(try triples(mapping), base: nil, into: sink) }
    let locator = MetadataLocator(resources: resources, problems: problems)
    if let mapping {
      let group = try locator.read(inputIRI(mapping), file: mapping)
      return try run(group, inputs, mode: .standard, base: nil, into: sink)
    }
    guard let first = inputs.first else { throw Failure(.inputMissing, ["name": ""]) }
    if let group = try metadata(in: first, locator) { return try run(group, [], mode: .standard, base: nil, into: sink) }
    // What a server says of the table's metadata comes with the table itself.
    let stream = first.hasPrefix("http://") || first.hasPrefix("https://") ? try resources.open(TableName(first).file) : nil
    let file = TableName(first).file
    let found = file == "-" ? nil : try locator.locate(for: inputIRI(file), link: link ?? stream?.link)
    let group = found ?? TableGroupDescription(embeddedIn: inputIRI(first))
    return try run(group, inputs, fetched: stream, mode: .standard, base: nil, into: sink)
  }

  /// A mapping is a file where it has a slash or an ending; else it is a name.
  private func isFile(_ mapping: String) -> Bool { mapping.contains("/") || mapping.contains(".") }

  func inputIRI(_ name: String) -> ByteString {
    if name.contains("://") { return ByteString(name) }
    let table = TableName(name)
    var iri = ByteBuffer()
    iri.append(bytes: fileIRI(table.file))
    if let sheet = table.sheet {
      iri.append("!")
      ByteString(sheet).withView { iri.append(percentEncoding: $0) }
    }
    return ByteString(iri.view)
  }

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
    let words = library.headerWords(resources)
    let choice = try VariantChoice(specification, words: words, resources: resources, problems: problems)
    if base == nil { problems.report(Problem(.baseMissing, ["base": Self.defaultBase])) }
    let base = base ?? Self.defaultBase
    guard let first = inputs.first else { throw Failure(.inputMissing, ["name": ""]) }
    let opened = OpenedStreams(resources)
    if let mapping = try triples(of: specification, for: first, opened) {
      return try run(mapping, base: base, opened: opened, into: sink)
    }
    if let variant { return try run(try choice.named(variant), inputs, words: words, mode: .minimal, base: base, into: sink) }
    let names = Set(settings.keys)
    let reading: any ProblemSink = choice.isSecretive ? DiscreetSink(problems) : problems
    let peeked = opened.taken(TableName(first).file)
    var rows = try open(TableName(first), fetched: peeked, dialect: nil, search: choice.headerSearch(settings: names), problems: reading)
    /// The sheet that the mapping names, where the person names none.
    func sheet(of group: TableGroupDescription) throws(Failure) -> any RowSource {
      guard TableName(first).sheet == nil, let name = group.sheet(ofTable: 0), let book = rows as? ExcelReader else { return rows }
      return try book.reading(sheet: name)
    }
    survey?.note(header: rows.header.first?.map(\.text) ?? [], file: rows.name)
    let group = try choice.fitting(rows, settings: names) { group throws(Failure) in
      try sheet(of: group).header.first?.map(\.text) ?? []
    }
    rows = try sheet(of: group)
    return try run(group, inputs, opened: rows, words: words, mode: .minimal, base: base, into: sink)
  }

  /// Converts the inputs by a mapping, or where there are none the tables that it names itself.
  /// - Parameter words: what words in headers mean, where that has been read.
  private func run(
    _ group: TableGroupDescription, _ inputs: [String], opened: (any RowSource)? = nil, fetched: (any ByteStream)? = nil,
    words: HeaderWords? = nil, mode: ConversionMode, base: String?, into sink: any QuadSink
  ) throws(Failure) -> ConversionReport {
    let registers = try RegisterShelf(library, patterns: patterns, base: self.base ?? base, resources: resources).registers(
      for: group, problems: problems)
    var context = context(registers, mode: mode, base: base)
    if group.findsByTitle { context.headerWords = words ?? library.headerWords(resources) }
    reportUnusedSettings(group)
    var work: [(table: Int, rows: any RowSource)] = []
    if inputs.isEmpty {
      for (number, table) in group.tables.enumerated() { work.append((number, try open(TableName(table.url.text), group, number))) }
    }
    for (index, input) in inputs.enumerated() {
      if index == 0, let opened {
        work.append((0, opened))
        continue
      }
      var fetched = index == 0 ? fetched : nil
      for (number, name) in try tables(for: input, of: group) {
        work.append((number, try open(name, group, number, fetched: fetched)))
        fetched = nil
      }
    }
    // In JSON the rows of a table stand in one array.
    if sink is RowObjects {
      work = group.tables.indices.flatMap { number in work.filter { $0.table == number } }
    }
    log.debug("mapping", metadata: ["file": "\(group.file)", "tables": "\(group.tables.count)"])
    for item in work { log.debug("table", metadata: ["input": "\(item.rows.name.prefix { $0 != "?" })", "kind": "\(item.rows.kind)"]) }
    let conversion = Conversion(group, tables: Array(Set(work.map(\.table))).sorted(), context: context, sink: sink)
    for item in work { try conversion.convert(item.rows, asTable: item.table) }
    return try conversion.finish()
  }

  /// What a conversion knows beside the mapping and the files.
  func context(_ registers: Registers, mode: ConversionMode, base: String?) -> ConversionContext {
    var context = ConversionContext(
      mode: self.mode ?? mode, base: (self.base ?? base).map { ByteString($0.hasSuffix("/") ? $0 : $0 + "/") }, settings: settings,
      registers: registers, graph: graph.map { ByteString($0) }, problems: problems)
    context.isValidation = isValidation
    if let asOf { context.asOf = asOf }
    context.holdsBack = holdsBack
    context.review = review
    context.survey = survey
    context.blankNodePrefix = ByteString(blankNodePrefix)
    context.rowsBefore = rowsBefore
    context.rowsToSkip = rowsToSkip
    return context
  }

  private func open(
    _ name: TableName, _ group: TableGroupDescription, _ number: Int, fetched: (any ByteStream)? = nil
  ) throws(Failure) -> any RowSource {
    let sink: any ProblemSink = group.isSecretive(table: number) ? DiscreetSink(problems) : problems
    return try open(
      name, fetched: fetched, sheet: group.sheet(ofTable: number), dialect: group.dialect(ofTable: number),
      search: group.headerSearch(ofTable: number, settings: Set(settings.keys)), problems: sink)
  }

  /// Opens a table as a dialect says, before anything is known of it.
  /// - Throws: what opening and reading its beginning throws.
  func table(_ name: String, dialect: Dialect, problems: any ProblemSink) throws(Failure) -> any RowSource {
    try open(TableName(name), dialect: dialect, problems: problems)
  }

  /// Opens a table. What is called JSON or a workbook must be one: read as CSV, half a document would give problems that mislead.
  /// - Parameter sheet: the sheet to read of a workbook for which the person names none.
  private func open(
    _ name: TableName, fetched: (any ByteStream)? = nil, sheet: String? = nil, dialect: Dialect?, search: HeaderSearch? = nil,
    problems: any ProblemSink
  ) throws(Failure) -> any RowSource {
    var rule = HeaderRule()
    rule.firstRow = firstRow
    rule.search = search
    if let headerFile { rule.titles = (headerFile, try titles(in: headerFile)) }
    let kind = TableReader.Kind(name: name.file)
    let stream = if let fetched { fetched } else { try resources.open(name.file) }
    let rows = try TableReader.open(
      stream, kind: kind == .csv ? nil : kind, sheet: name.sheet ?? sheet, dialect: dialect ?? .undeclared, rule: rule, problems: problems)
    if let sheet = name.sheet, rows.kind != .xlsx { throw Failure(.sheetUnexpected, at: rows.place, ["name": sheet]) }
    return rows
  }

  /// The titles in the first row of a file.
  private func titles(in file: String) throws(Failure) -> [ByteString] {
    let name = TableName(file)
    let rows = try TableReader.open(
      try resources.open(name.file), kind: TableReader.Kind(name: name.file), sheet: name.sheet, dialect: .undeclared, problems: problems)
    return rows.header.first ?? []
  }

  /// The tables that an input is: by file name, else the only one there is. A workbook is all that are sheets of it.
  private func tables(for input: String, of group: TableGroupDescription) throws(Failure) -> [(number: Int, name: TableName)] {
    let name = TableName(input)
    if group.tables.count == 1 { return [(0, name)] }
    let iri = percentDecoded(inputIRI(input).text)
    let urls = group.tables.map { percentDecoded($0.url.text) }
    func lastPart(_ text: String) -> Substring? { text.split(separator: "/").last }
    if let exact = urls.firstIndex(of: iri) { return [(exact, name)] }
    if let named = urls.firstIndex(where: { lastPart($0) == lastPart(iri) }) { return [(named, name)] }
    if name.sheet == nil {
      let sheets = urls.enumerated().compactMap { number, url in
        let table = TableName(url)
        return table.sheet.flatMap { lastPart(table.file) == lastPart(iri) ? (number, TableName(file: name.file, sheet: $0)) : nil }
      }
      if !sheets.isEmpty { return sheets }
    }
    // The table is opened again when it is known whose it is; its problems are told then, as discreetly as it asks for.
    let rows = try open(name, dialect: nil, problems: ProblemList())
    let header = rows.header.first?.map(\.text) ?? []
    let fitting = group.tables.indices.filter { group.titlesMatch(header, ofTable: $0) }
    if fitting.count == 1 { return [(fitting[0], name)] }
    let choices = group.tables.map { String(lastPart($0.url.text) ?? "") }.joined(separator: ", ")
    throw Failure(.tableUnbound, at: rows.place, ["choices": choices])
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

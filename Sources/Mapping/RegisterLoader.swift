import Bytes
package import Identifiers
import JSON
package import Problems
import RDF
package import Resources
import Tables

/// Reads a register from its two files: `NAME.csv` and `NAME.csv-metadata.json` (contract §3).
package struct RegisterLoader {
  private let resources: any ByteSource
  private let problems: any ProblemSink

  /// A loader that reads through `resources`.
  package init(resources: any ByteSource, problems: any ProblemSink) {
    self.resources = resources
    self.problems = problems
  }

  /// Reads the register that the metadata document at `path` declares.
  /// - Parameters:
  ///   - path: the metadata document; the table stands beside it.
  ///   - pattern: the pattern in force where the register has been moved, or nil.
  ///   - base: what a site's own IRIs begin with; a register may declare its pattern relative to it. Nil where there is no site.
  /// - Throws: ``ProblemCode/registerInvalid`` for a declaration that is none, and whatever its files throw.
  package func load(_ name: String, metadata path: String, pattern: String? = nil, base: String? = nil) throws(Failure) -> Register {
    let (declaration, table) = try declared(name, path, pattern, base)
    return Register(declaration, members: try members(of: table, declaration, name, path))
  }

  /// Reads what declares the register alone, and none of its rows.
  /// - Parameters: as of ``load(_:metadata:pattern:base:)``.
  /// - Throws: ``ProblemCode/registerInvalid`` for a declaration that is none, and whatever its metadata throw.
  package func declaration(
    of name: String, metadata path: String, pattern: String? = nil, base: String? = nil
  ) throws(Failure) -> Register.Declaration {
    try declared(name, path, pattern, base).declaration
  }

  private func declared(
    _ name: String, _ path: String, _ pattern: String?, _ base: String?
  ) throws(Failure) -> (declaration: Register.Declaration, table: TableDescription) {
    let root = try JSONParser.parse(try resources.open(path).readAll(limit: 16 << 20), file: path, problems: problems)
    var reader = MetadataReader(iri: fileIRI(path), file: path, resources: resources, problems: problems)
    let group = try reader.read(root)
    guard let table = group.tables.first else { throw invalid(name, path, .phrase("register-without-table")) }
    var declaration = try self.declaration(name, table, path, base)
    if let pattern {
      do throws(URITemplate.Fault) {
        declaration.pattern = try URITemplate(ByteString(pattern))
      } catch {
        throw Failure(.templateInvalid, value: pattern, ["reason": error.explanation])
      }
      if declaration.pattern.variableNames.count != 1 {
        throw invalid(name, path, .phrase("pattern-variables", ["pattern": pattern]))
      }
    }
    return (declaration, table)
  }

  private func invalid(_ name: String, _ path: String, _ reason: Words) -> Failure {
    Failure(.registerInvalid, at: Place(file: path), ["register": .text(name), "reason": reason])
  }

  private func declaration(
    _ name: String, _ table: TableDescription, _ path: String, _ base: String?
  ) throws(Failure) -> Register.Declaration {
    guard let declared = table.schema.inherited.aboutURL ?? table.inherited.aboutURL else {
      throw invalid(name, path, .phrase("register-without-pattern"))
    }
    let pattern = base.flatMap { declared.relative(to: $0) } ?? declared
    guard pattern.variableNames.count == 1, let key = pattern.variableNames.first else {
      throw invalid(name, path, .phrase("pattern-variables", ["pattern": pattern.source.text]))
    }
    guard let column = table.schema.columns?.first(where: { $0.declaredName == key }) else {
      throw invalid(name, path, .phrase("key-column-absent", ["column": key.text]))
    }
    var declaration = Register.Declaration(name: name, pattern: pattern)
    declaration.steps = column.extras.steps
    declaration.check = table.extras.check
    declaration.isOpen = table.extras.isOpen
    declaration.newKey = table.extras.newKey
    declaration.nameWords = table.extras.nameWords
    declaration.keyTitles = [key] + column.titles.map(\.text)
    declaration.nameTitles = (table.schema.columns ?? []).filter { isName($0) }.flatMap {
      [$0.declaredName].compactMap { $0 } + $0.titles.map(\.text)
    }
    declaration.furtherColumns = (table.schema.columns ?? []).filter { $0.extras.register != nil }.compactMap(\.declaredName)
    declaration.file = table.url.text
    let form = table.extras.keyForm ?? column.inherited.datatype?.format
    if let form {
      declaration.formText = column.inherited.datatype?.format ?? form
      guard let compiled = try? Pattern(form, anchored: true) else {
        throw invalid(name, path, .phrase("expression-invalid", ["text": form]))
      }
      declaration.form = compiled
    }
    return declaration
  }

  /// The rows of the register's table as members.
  private func members(
    of table: TableDescription, _ declaration: Register.Declaration, _ name: String, _ path: String
  ) throws(Failure) -> [Register.Member] {
    let key = declaration.declaredPattern.variableNames[0]
    let location = TableName(table.url.text)
    let rows = try TableReader.open(
      try resources.open(location.file), sheet: location.sheet, dialect: table.dialect ?? Dialect(),
      problems: SilencedSink(problems, except: .tableWithoutRows))
    let titles = rows.header.first?.map { foldedTitle($0) } ?? []
    let columns = table.schema.columns ?? []
    func cell(of column: ColumnDescription, _ number: Int) -> Int? { titles.firstIndex { column.answers(to: $0, number: number + 1) } }
    guard let keyNumber = columns.firstIndex(where: { $0.declaredName == key }), let keyCell = cell(of: columns[keyNumber], keyNumber)
    else {
      throw invalid(name, path, .phrase("table-lacks-column", ["column": key.text]))
    }
    let nameCells = columns.enumerated().filter { isName($1) }.compactMap { cell(of: $1, $0) }
    let furtherCells = columns.enumerated().compactMap { number, column in
      column.extras.register == nil ? nil : column.declaredName.flatMap { name in cell(of: column, number).map { (name: name, cell: $0) } }
    }
    // A day and a year stand in columns of their own, because a column has one datatype.
    func cells(saying property: String) -> [Int] {
      columns.enumerated().filter { $1.says(property) }.compactMap { cell(of: $1, $0) }
    }
    let (firstCells, lastCells) = (cells(saying: KnownVocabulary.kg("giltigFran")), cells(saying: KnownVocabulary.kg("giltigTill")))
    let (successorCells, originCells) = (
      cells(saying: KnownVocabulary.dcterms("isReplacedBy")), cells(saying: KnownVocabulary.prov("wasDerivedFrom"))
    )
    var members: [Register.Member] = []
    var origins: [ByteString: Set<ByteString>] = [:]
    var batch = RowBatch()
    /// The first and last day of what the first cell that names anything does; nil where none does.
    func span(_ cells: [Int], _ row: Int) throws(Failure) -> ClosedRange<CivilDate>? {
      let texts = cells.filter { $0 < batch.cellCount(row) }.map { ByteString(batch.cell(row, $0).trimmed) }
      guard let text = texts.first(where: { !$0.isEmpty }) else { return nil }
      guard let span = text.withView({ CivilDate.span(lexical: $0) }) else {
        throw invalid(name, table.url.text, .phrase("validity-date", ["text": text.text]))
      }
      return span
    }
    /// The keys that the first of some cells gives that gives any, with spaces between them where there are several.
    func keys(_ cells: [Int], _ row: Int) -> [ByteString] {
      let texts = cells.filter { $0 < batch.cellCount(row) }.map { batch.cell(row, $0).text.split(separator: " ") }
      return (texts.first { !$0.isEmpty } ?? []).compactMap { text in
        ByteString(String(text)).withView { declaration.steps.applied(to: $0) }
      }
    }
    while try rows.next(&batch) {
      for row in 0..<batch.rowCount where keyCell < batch.cellCount(row) {
        let names = nameCells.filter { $0 < batch.cellCount(row) }.map { ByteString(batch.cell(row, $0)) }.filter { !$0.isEmpty }
        let validity = Validity(first: try span(firstCells, row)?.lowerBound, last: try span(lastCells, row)?.upperBound)
        var further: [ByteString: ByteString] = [:]
        for (name, cell) in furtherCells where cell < batch.cellCount(row) {
          let text = batch.cell(row, cell).trimmed
          if !text.isEmpty { further[name] = ByteString(text) }
        }
        let own = ByteString(batch.cell(row, keyCell))
        members.append(
          Register.Member(key: own, names: names, validity: validity, further: further, successors: keys(successorCells, row)))
        origins[own, default: []].formUnion(keys(originCells, row))
      }
    }
    return successorCells.isEmpty ? members : members.map { $0.ended(origins) }
  }

  /// Whether a column holds names by which members are found.
  private func isName(_ column: ColumnDescription) -> Bool {
    guard let property = column.inherited.propertyURL?.source.text else { return false }
    return [KnownVocabulary.rdfs("label"), KnownVocabulary.skos("prefLabel"), KnownVocabulary.skos("altLabel")].contains(property)
  }
}

extension Register.Member {
  /// The member with how its key ended, which what came of it tells.
  /// - Parameter origins: the keys that each key's thing came of.
  func ended(_ origins: [ByteString: Set<ByteString>]) -> Register.Member {
    if successors.isEmpty, validity?.last == nil { return self }
    let areDerived = successors.contains { origins[$0]?.contains(key) ?? false }
    return Register.Member(
      key: key, names: names, validity: validity, further: further,
      ending: Register.Ending(successors: successors.count, areDerived: areDerived), successors: successors)
  }
}

extension URITemplate {
  /// The template below a base, where it is relative to one: it has no scheme.
  fileprivate func relative(to base: String) -> URITemplate? {
    if source.text.prefix(while: { !"/{".contains($0) }).contains(":") { return nil }
    let folder = base.hasSuffix("/") ? base : base + "/"
    return try? URITemplate(ByteString(folder + source.text.drop { $0 == "/" }))
  }
}

extension ColumnDescription {
  /// Whether the column states a property.
  fileprivate func says(_ property: String) -> Bool { inherited.propertyURL?.source.text == property }
}

/// A sink that passes on all problems but those of one code: an open register may well have no rows.
private final class SilencedSink: ProblemSink {
  private let sink: any ProblemSink
  private let silenced: ProblemCode

  init(_ sink: any ProblemSink, except silenced: ProblemCode) {
    self.sink = sink
    self.silenced = silenced
  }

  func report(_ problem: Problem) {
    if problem.code != silenced { sink.report(problem) }
  }
}

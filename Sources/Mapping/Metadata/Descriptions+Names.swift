package import Bytes
import Identifiers
package import RDF
package import Tables

extension TableGroupDescription {
  /// The registers that the mapping names, in columns and in conditions.
  package var registerNames: Set<String> {
    var names: Set<String> = []
    func note(_ condition: Condition) { if let register = condition.registerName { names.insert(register) } }
    for table in tables {
      table.extras.conditions.forEach(note)
      table.extras.withhold.forEach { note($0.condition) }
      if case .coded(let register)? = table.extras.unpivot?.columns { names.insert(register) }
      for column in table.schema.columns ?? [] {
        if let register = column.extras.register { names.insert(register) }
        column.extras.conditions.forEach(note)
        column.extras.withhold.forEach { note($0.condition) }
      }
    }
    return names
  }

  /// How well a header fits the first table: how many of its required columns are found, the names of those that are not, and the name of
  /// one of these that is likely to be the same for all rows, so that it may be given beside the file.
  /// - Parameters:
  ///   - words: what words in headers mean, where the header has none of the titles of a column.
  ///   - settings: the names of columns whose value is given beside the file; they count as found.
  ///   - file: the file, whose name may give values too.
  ///   - comments: the lines before its header, which may as well.
  package func fit(
    header: [String], _ words: HeaderWords, settings: Set<String>, file: String, comments: [ByteString] = []
  ) -> (found: Int, missing: [String], setting: String?) {
    guard let table = tables.first?.reading(header: header.map { ByteString($0) }, words), let columns = table.schema.columns else {
      return (0, [], nil)
    }
    let settings = settings.union(table.extras.valuesBesideRows(ofFile: file, comments: comments).keys.map(\.text))
    let titles = Set(header.map { foldedTitle(ByteString($0)) })
    func isFound(_ column: ColumnDescription, _ number: Int) -> Bool {
      settings.contains(column.name(number: number + 1).text) || titles.contains { column.answers(to: $0, number: number + 1) }
    }
    var found: Set<String> = []
    var missing: [(title: String, setting: String?)] = []
    for (number, column) in columns.enumerated() where column.inherited.isRequired == true && !column.isVirtual {
      if table.makes(column.name(number: number + 1)) { continue }
      // Descriptions that share their titles are forms of one column: they count once.
      let name = column.titles.first.map { foldedTitle($0.text) } ?? column.name(number: number + 1).text
      if isFound(column, number) {
        found.insert(name)
      } else if !missing.contains(where: { $0.title == name }) {
        missing.append((name, column.settableName?.text))
      }
    }
    missing.removeAll { found.contains($0.title) }
    return (found.count, missing.map(\.title), missing.lazy.compactMap(\.setting).first)
  }

  /// Whether a header holds a title of each column of a table that is not virtual.
  package func titlesMatch(_ header: [String], ofTable number: Int) -> Bool {
    let titles = header.map { foldedTitle(ByteString($0)) }
    let columns = (tables[number].schema.columns ?? []).enumerated().filter { !$1.isVirtual }
    return !columns.isEmpty && columns.allSatisfy { number, column in titles.contains { column.answers(to: $0, number: number + 1) } }
  }

  /// Whether anything may be withheld of a table's rows.
  package func isSecretive(table number: Int) -> Bool { tables[number].isSecretive }

  /// The dialect of a table: its own, else the group's.
  package func dialect(ofTable number: Int) -> Dialect? {
    var result = tables[number].dialect ?? dialect
    if tables[number].extras.matchesByTitle { result?.dropsBlankEnd = true }
    return result
  }

  /// The names that `--set` may give values for: columns, and variables of templates.
  package var settableNames: Set<String> {
    var names: Set<String> = []
    func note(_ properties: InheritedProperties) {
      for template in [properties.aboutURL, properties.propertyURL, properties.valueURL] {
        names.formUnion(template?.variableNames.map(\.text) ?? [])
      }
    }
    note(inherited)
    func note(_ condition: Condition) { names.formUnion(condition.settingNames.map(\.text)) }
    for table in tables {
      note(table.inherited)
      note(table.schema.inherited)
      for rule in table.rules { note(rule.condition) }
      table.extras.conditions.forEach(note)
      for (number, column) in (table.schema.columns ?? []).enumerated() {
        names.insert(column.name(number: number + 1).text)
        note(column.inherited)
        column.extras.conditions.forEach(note)
      }
    }
    return names
  }

  /// The description of a table that nothing is known of: its header says all (embedded metadata, tabular data model §5.4).
  package init(embeddedIn url: ByteString) {
    self.init()
    tables = [TableDescription(url: url)]
    file = url.text
  }

  /// The titles of the first table's required columns, those of one column joined by a slash.
  package var requiredTitles: [String] {
    var shown: [String] = []
    for (number, column) in (tables.first?.schema.columns ?? []).enumerated() where column.inherited.isRequired == true {
      let titles = column.titles.map(\.text.text)
      let text = titles.isEmpty ? column.name(number: number + 1).text : titles.joined(separator: "/")
      if !shown.contains(text) { shown.append(text) }
    }
    return shown
  }
}

extension TableGroupDescription {
  /// What a Dublin Core property, such as `title`, says of the first table: texts with their languages.
  package func texts(ofProperty name: String) -> [(text: String, language: String)] {
    (tables.first?.annotations ?? []).texts(of: name)
  }

  /// The IRI that a Dublin Core property, such as `license`, gives the first table, or nil.
  package func iri(ofProperty name: String) -> String? {
    let predicate = ByteString(KnownVocabulary.dcterms(name))
    for property in tables.first?.annotations ?? [] where property.predicate == predicate {
      for value in property.values {
        switch value {
        case .term(.iri(let iri)), .node(.some(let iri), _, _): return iri.text
        default: break
        }
      }
    }
    return nil
  }

  /// How long each embargo keeps rows back, and the first title of the column from whose day it counts.
  package var embargoes: [(months: Int, days: Int, column: String)] {
    tables.flatMap { table in
      table.extras.embargoes.map { embargo in
        let columns = table.schema.columns ?? []
        let column = columns.enumerated().first { $1.name(number: $0 + 1) == embargo.columns.first }?.element
        return (embargo.months, embargo.days, column?.titles.first?.text.text ?? embargo.columns.first?.text ?? "")
      }
    }
  }

  /// What common properties (§5.8) say of the first table, beside those that describe the mapping itself: Dublin Core's, CSVW's and notes.
  package var statements: [(predicate: String, object: Term)] {
    (tables.first?.annotations ?? []).flatMap { property -> [(predicate: String, object: Term)] in
      let predicate = property.predicate.text
      if predicate.hasPrefix(KnownVocabulary.dcterms("")) || predicate.hasPrefix(CSVWContext.namespace) { return [] }
      return property.values.compactMap { value in
        switch value {
        case .term(let term): (predicate, term)
        case .node(.some(let iri), _, let properties) where properties.isEmpty: (predicate, .iri(iri.text))
        case .node: nil
        }
      }
    }
  }

  /// The class that every row of the first table is said to be of, or nil.
  package var rowClass: String? {
    for column in tables.first?.schema.columns ?? [] where column.isVirtual && column.inherited.propertyURL?.source == RDFTerms.type {
      if let value = column.inherited.valueURL, value.variableNames.isEmpty { return value.source.text }
    }
    return nil
  }

  /// The language of the names of rows (`rdfs:label`) of the first table; nil where they have none.
  package var labelLanguage: String? {
    let label = ByteString(KnownVocabulary.rdfs("label"))
    let column = tables.first?.schema.columns?.first { $0.inherited.propertyURL?.source == label }
    return column?.inherited.language.flatMap { $0.text == "und" ? nil : $0.text }
  }
}

extension ColumnDescription {
  /// The name by which the value of all rows may be given beside the file, where that is likely to be one: a thing of a register, such as the
  /// publisher's municipality.
  var settableName: ByteString? { extras.register == nil ? nil : declaredName }
}

extension TableDescription {
  /// Whether a column is none of a file's, but made of others.
  func makes(_ name: ByteString) -> Bool { extras.unpivot?.makes(name) ?? false }

  /// All rules, of rows and of cells.
  var rules: [WithholdRule] { extras.withhold + (schema.columns ?? []).flatMap(\.extras.withhold) }

  /// Whether anything may be withheld of the table's rows.
  var isSecretive: Bool { !extras.embargoes.isEmpty || rules.contains { !$0.onlyPointsOut } }

  /// The names of the columns that rules and embargoes look at.
  var judgedColumns: Set<ByteString> {
    Set(rules.map(\.condition.column) + extras.embargoes.flatMap { $0.columns + $0.about })
  }
}

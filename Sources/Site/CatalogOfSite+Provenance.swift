import Bytes
import Catalog
import Identifiers
import Mapping
import Problems
import RDF
import Resources
import Tables

// What a dataset was made from, when and with what, and what was left out of it.
extension CatalogOfSite {
  /// Adds it to the description of a dataset that was built.
  func addOrigin(
    of built: PartReport, _ mapping: ReadMapping, to described: inout CatalogDescription.Dataset
  ) throws(Failure) {
    described.generated = built.moment
    let files = built.sources.filter { !PullFolder.holds($0) }
    described.sources = built.addresses.map { ($0, nil) } + files.map { source(of: built.part.name, $0) }
    let registers = Set(mapping.groups.flatMap(\.registerNames) + mapping.triples.flatMap(\.registerNames)).sorted()
    let specification = mapping.specification
    described.mapping = .init(
      path: "spec/" + specification.name, title: specification.title, description: specification.description,
      specification: specification.conformsTo.first)
    described.used = registers.compactMap { graph(ofRegister: $0) }
    described.statements = mapping.groups.first?.statements ?? mapping.triples.first?.statements ?? []
    let conversion = built.conversion
    let rows = conversion.rowsWithheld.values.reduce(0, +)
    let cells = conversion.cellsWithheld.values.reduce(0, +)
    described.withheldRows = rows
    described.withheldReasons = try reasons(Set(conversion.rowsWithheld.keys).union(conversion.cellsWithheld.keys))
    var sentences: [Texts] = []
    // Several variants, and several columns that may hold the day, say one thing.
    let embargoes = mapping.groups.flatMap(\.embargoes) + mapping.triples.flatMap(\.embargoes)
    for (months, days, column) in embargoes {
      let sentence = Texts(.phrase("origin-embargo", ["column": .text(column), "length": length(months, days)]))
      if !sentences.contains(sentence) { sentences.append(sentence) }
    }
    if rows + cells > 0 {
      sentences.append(Texts(.phrase("origin-withheld", ["rows": .text("\(rows)"), "cells": .text("\(cells)")])))
    }
    if !sentences.isEmpty {
      func joined(_ texts: [String]) -> String { texts.joined(separator: ". ") + "." }
      described.provenance = Texts(sv: joined(sentences.map(\.sv)), en: joined(sentences.compactMap(\.en)))
    }
  }

  /// A file that a dataset was made from. One that was fetched has an address; of another the name is told, and not the folder.
  private func source(of dataset: String, _ path: String) -> (iri: String, name: String?) {
    if let address = SourceFiles.publicAddress(of: path) { return (address, nil) }
    let table = TableName(path)
    let file = TableName(file: table.file.split(separator: "/").last.map(String.init) ?? table.file, sheet: table.sheet).text
    var iri = ByteBuffer()
    iri.append(bytes: ByteString(site.base + "/id/kalla/" + dataset + "/"))
    ByteString(file).withView { iri.append(percentEncoding: $0) }
    return (iri.view.text, file)
  }

  /// The graph of a register or code list that the site has.
  private func graph(ofRegister name: String) -> String? {
    report.parts.first { ($0.part.kind == .register || $0.part.kind == .codeList) && $0.part.name == name && $0.failure == nil }?.part.graph
  }

  /// The concepts of the code list `undantagsgrund` that rules are named after; a rule that has none there is only counted.
  private func reasons(_ rules: Set<String>) throws(Failure) -> [String] {
    guard !rules.isEmpty, let path = library.file("vocabularies/codes/undantagsgrund.ttl") else { return [] }
    let list = try CodeListLoader(resources: resources, problems: ProblemList()).load("undantagsgrund", path: path)
    return rules.sorted().compactMap { rule in
      var key = ByteBuffer()
      guard ByteString(rule).withView({ list.find($0, key: &key) }) == .found else { return nil }
      var iri = ByteBuffer()
      list.append(iriOf: key.view, to: &iri)
      return iri.view.text
    }
  }

  /// A time as people say it: «21 dygn».
  private func length(_ months: Int, _ days: Int) -> Words {
    if months == 0 { return .phrase("length-days", ["count": "\(days)"]) }
    if days == 0 { return .phrase("length-months", ["count": "\(months)"]) }
    return .phrase("length-both", ["months": "\(months)", "days": "\(days)"])
  }
}

extension Texts {
  /// A phrase in both languages.
  fileprivate init(_ words: Words) { self.init(sv: words.text(in: .sv), en: words.text(in: .en)) }
}

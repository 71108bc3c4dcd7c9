import Bytes
package import Identifiers
import JSON
import Problems
import RDF
import Tables

/// Makes a first mapping of a table from its header and some of its rows.
package struct TableProposer {
  private let registers: Registers
  private let words: HeaderWords

  /// A proposer that knows these registers and words of headers.
  package init(registers: Registers, words: HeaderWords) {
    self.registers = registers
    self.words = words
  }

  /// What is found out of one column before the table is seen as a whole.
  private struct Finding {
    let facts: ColumnFacts
    let meanings: [HeaderWords.Meaning]
    var type: DatatypeGuess.Found
    var register: RegisterGuess.Found?
    /// A register that nearly all cells are codes of, and not enough to say so.
    var nearRegister: RegisterGuess.Found?
    let person: PersonalNumberGuess?
  }

  /// The least share of cells that are codes for a column to be one of codes, in percent.
  private static let leastCodes = 99

  /// The mapping of a table.
  /// - Parameters:
  ///   - name: the file's name.
  ///   - url: the file as the mapping refers to it.
  ///   - header: where the header was found.
  ///   - csv: how the text is written, where it is delimited text: delimiter and encoding.
  package func proposal(
    of sample: TableSample, name: String, url: String, header: HeaderGuess, csv: (delimiter: String, encoding: String)?
  ) -> MappingProposal {
    var proposal = MappingProposal()
    proposal.url = url
    proposal.kind = ProposalNames.kind(ofFile: name)
    proposal.title = ProposalNames.title(ofFile: name)
    proposal.dialect = dialect(csv, header)
    let titles = sample.titles.map { foldedTitle($0) }.filter { !$0.isEmpty }
    proposal.matchesByTitle = header.hasHeader && Set(titles).count == titles.count
    let facts = (0..<sample.width).map { ColumnFacts(sample, $0) }
    let persons = facts.map { PersonalNumberGuess($0, words.meanings(of: $0.title)) }
    // Where persons are spoken of, a word that strayed into a column of numbers may be a name, which the mapping must not repeat.
    let isDelicate = persons.contains { $0 != nil }
    let findings = zip(facts, persons).map { finding($0, $1, isDelicate: isDelicate) }
    proposal.marks = Set(findings.flatMap(\.facts.marks)).sorted()
    var names = ProposalNames()
    for finding in findings { proposal.columns.append(column(finding, &names, &proposal.notes)) }
    proposal.place = PlaceGuess.places(findings.map { ($0.facts, $0.meanings, $0.type.datatype) })
    addPlaces(to: &proposal, &names)
    proposal.className = names.unique("typ")
    let coordinates = Set([proposal.place?.first, proposal.place?.second])
    let candidates = findings.filter { !coordinates.contains($0.facts.number) && $0.person == nil && $0.type.odd == 0 }.map {
      KeyGuess.Candidate(facts: $0.facts, meanings: $0.meanings, datatype: $0.type.datatype, isCode: $0.register != nil)
    }
    proposal.keys = KeyGuess.keys(candidates, sample)
    // What a number that anybody may have tells apart are organisations, or people.
    let isOpen = (proposal.keys.first ?? []).contains { registers[findings[$0].register?.name ?? ""]?.declaration.isOpen == true }
    let labels = findings.filter { finding in finding.meanings.contains { $0.role == .name } }
    if !isDelicate, !isOpen, !labels.contains(where: { LanguageGuess.areNamesOfOrganisations($0.facts) }) { proposal.labelLanguage = "sv" }
    if proposal.matchesByTitle {
      for number in proposal.columns.indices where proposal.columns[number].title.isEmpty {
        proposal.columns[number].isLeftOut = true
        proposal.notes.removeAll { $0.about == .cells(of: number) }
        if proposal.columns[number].filled > 0 {
          proposal.notes.append(MappingProposal.Note(.phrase("found-untitled", ["number": "\(number + 1)"]), isDoubt: true))
        }
      }
    }
    return proposal
  }

  private func dialect(_ csv: (delimiter: String, encoding: String)?, _ header: HeaderGuess) -> JSONValue? {
    var members: [(key: String, value: JSONValue)] = []
    if let csv {
      members = [("encoding", .text(csv.encoding)), ("delimiter", .text(csv.delimiter)), ("quoteChar", .text("\""))]
    }
    if header.skipRows > 0 { members.append(("skipRows", .count(header.skipRows))) }
    if !header.hasHeader { members.append(("header", .bool(false))) }
    return members.isEmpty ? nil : .object(members)
  }

  private func finding(_ facts: ColumnFacts, _ person: PersonalNumberGuess?, isDelicate: Bool) -> Finding {
    var facts = facts
    let meanings = words.meanings(of: facts.title)
    var type = DatatypeGuess.Found(datatype: DatatypeDescription())
    if person != .all { type = DatatypeGuess(facts, meanings, takesWords: !isDelicate).found }
    var known = facts
    known.drop(
      Set(facts.values.map(\.text.text).filter { MissingMark.isKnown($0) || person == .some && PersonalNumberGuess.withholds($0) }))
    let guess = RegisterGuess(registers, words)
    let near = person == .all ? nil : guess.register(title: facts.title, cells: known.cells)
    let isCode = near.map { $0.fitting * 100 >= $0.of * Self.leastCodes } ?? false
    if isCode {
      type = DatatypeGuess.Found(datatype: DatatypeDescription())
      type.missing = facts.values.map(\.text.text).filter { MissingMark.isKnown($0) }.sorted()
      type.odd = near.map { $0.of - $0.fitting } ?? 0
    }
    facts.drop(Set(type.missing))
    return Finding(
      facts: facts, meanings: meanings, type: type, register: isCode ? near : nil, nearRegister: isCode ? nil : near, person: person)
  }

  private func column(_ finding: Finding, _ names: inout ProposalNames, _ notes: inout [MappingProposal.Note]) -> ColumnProposal {
    let facts = finding.facts
    var column = ColumnProposal(facts.number, name: names.column(facts.title, number: facts.number))
    column.title = facts.title
    column.filled = facts.filled
    column.isRequired = facts.empty == 0 && facts.filled > 0
    column.datatype = finding.type.datatype
    column.missing = finding.type.missing
    column.property = property(finding) ?? "ns/" + ProposalNames.term(facts.title)
    if facts.title.isEmpty { column.property = "ns/" + column.name }
    // Of numbers and dates, and by steps that make other texts, it is taken off anyhow.
    let isPlain = finding.type.steps.isEmpty && finding.register == nil && column.datatype.base == .string
    if facts.isSpaced, isPlain { column.annotations.append((.clean, .list([.text("trim")]))) }
    if !finding.type.steps.isEmpty { column.annotations.append((.clean, .list(finding.type.steps.map { .text($0) }))) }
    if finding.type.contact != nil { column.valueURL = "{+\(column.name)}" }
    if let time = finding.type.time { column.annotations.append((.time, .text(time.rawValue))) }
    if let found = finding.register, let register = registers[found.name] {
      column.register = found.name
      column.pattern = pattern(register, column.name)
    } else if column.datatype.base == .string {
      column.language = LanguageGuess.language(facts)
    }
    if finding.person == .all {
      column.annotations.append((.withhold, .text("\(column.name) present; rule: personnummer")))
    } else if finding.person == .some {
      column.annotations.append((.withhold, .text("\(column.name) matches \(PersonalNumberGuess.expression); rule: personnummer")))
    }
    notes += self.notes(finding, column)
    return column
  }

  /// The property that the header names, if the cells are what it speaks of: codes of the register, or dates.
  private func property(_ finding: Finding) -> String? {
    for meaning in finding.meanings {
      guard let property = meaning.property, meaning.register == nil || meaning.register == finding.register?.name else { continue }
      let wanted = meaning.datatype.flatMap { BuiltInDatatype(name: $0) }?.family
      if wanted == .date, finding.facts.filled > 0, finding.type.datatype.base.family != .date { continue }
      return property
    }
    return nil
  }

  /// The pattern of a register with the column in place of the key, for other processors.
  private func pattern(_ register: Register, _ name: String) -> String? {
    let pattern = register.declaration.declaredPattern
    guard let key = pattern.variableNames.first?.text else { return nil }
    return pattern.source.text.split(separator: "{\(key)}", omittingEmptySubsequences: false).joined(separator: "{\(name)}")
  }

  private func notes(_ finding: Finding, _ column: ColumnProposal) -> [MappingProposal.Note] {
    var notes: [MappingProposal.Note] = []
    let title = column.title.isEmpty ? column.name : column.title
    if let found = finding.register ?? finding.nearRegister {
      let words: Words = .phrase(
        "found-register", ["column": title, "register": found.name, "count": "\(found.fitting)", "all": "\(found.of)"])
      let doubt: Words = .phrase(
        "found-near-register", ["column": title, "register": found.name, "count": "\(found.fitting)", "all": "\(found.of)"])
      let isDoubt = finding.register == nil
      notes.append(MappingProposal.Note(isDoubt ? doubt : words, isDoubt: isDoubt, about: .cells(of: finding.facts.number)))
    }
    let cells = MappingProposal.Note.Subject.cells(of: finding.facts.number)
    switch finding.type.contact {
    case .mail: notes.append(MappingProposal.Note(.phrase("found-mail", ["column": title]), isDoubt: true, about: cells))
    case .phone: notes.append(MappingProposal.Note(.phrase("found-phone", ["column": title]), isDoubt: true, about: cells))
    case .url, nil: break
    }
    if ContactGuess.isContradicted(finding.facts, finding.meanings) {
      notes.append(MappingProposal.Note(.phrase("found-no-contact", ["column": title]), isDoubt: true, about: cells))
    }
    switch finding.type.time {
    case .epochMilliseconds:
      notes.append(MappingProposal.Note(.phrase("found-milliseconds", ["column": title]), isDoubt: false, about: cells))
    case .instantToLocalDate:
      notes.append(MappingProposal.Note(.phrase("found-midnights", ["column": title]), isDoubt: false, about: cells))
    case .yyyymm, nil: break
    }
    switch finding.person {
    case .all: notes.append(MappingProposal.Note(.phrase("found-persons", ["column": title]), isDoubt: true))
    case .some: notes.append(MappingProposal.Note(.phrase("found-some-persons", ["column": title]), isDoubt: true))
    case nil: break
    }
    let own = finding.type.missing.filter { !MissingMark.isKnown($0) }
    if !own.isEmpty {
      let texts = own.map { "«\($0)»" }.joined(separator: ", ")
      let words: Words = .phrase("found-missing", ["column": title, "texts": texts])
      notes.append(MappingProposal.Note(words, isDoubt: true, about: cells))
    }
    return notes
  }

  private func addPlaces(to proposal: inout MappingProposal, _ names: inout ProposalNames) {
    guard let place = proposal.place else { return }
    proposal.placeNames = ["punkt", "geometri", "lat", "long", "plats"].map { names.unique($0) }
    let titles = Set([place.first, place.second]).sorted().map { proposal.columns[$0].title }
    let arguments = ["columns": titles.map { "«\($0)»" }.joined(separator: ", "), "form": place.form.rawValue]
    proposal.notes.append(MappingProposal.Note(.phrase("found-place", arguments), isDoubt: false, about: .place))
    let namespace = "http://www.w3.org/2003/01/geo/wgs84_pos#"
    if place.isOneColumn {
      proposal.columns[place.first].annotations.append((.coordinates, .text(place.form.rawValue)))
      proposal.columns[place.first].language = nil
      if proposal.matchesByTitle {
        proposal.columns[place.first].suppressesOutput = true
      } else {
        proposal.columns[place.first].property = "http://www.opengis.net/ont/geosparql#asWKT"
      }
    } else if place.form == .wgs84LatLon {
      proposal.columns[place.first].property = namespace + "lat"
      proposal.columns[place.second].property = namespace + "long"
      for number in [place.first, place.second] where proposal.columns[number].datatype.base == .integer {
        proposal.columns[number].datatype.base = .decimal
      }
    }
  }
}

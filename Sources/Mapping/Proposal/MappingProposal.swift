import Bytes
import JSON
package import Problems

/// A first mapping of a table: a proposal that a person looks at, as CSVW metadata (contract §1, `mapping new`).
package struct MappingProposal {
  /// What a person is told of the proposal.
  package struct Note: Sendable {
    /// What is told: a phrase.
    package let words: Words
    /// Whether it is something to look at, and not only what was found.
    package let isDoubt: Bool
    /// What it is about.
    let about: Subject

    /// What a note may be about: it is taken back where that turns out to be otherwise.
    enum Subject: Equatable {
      case file
      case place
      /// What the cells of a column are.
      case cells(of: Int)
    }

    init(_ words: Words, isDoubt: Bool, about: Subject = .file) {
      self.words = words
      self.isDoubt = isDoubt
      self.about = about
    }
  }

  /// The file that it describes, as metadata refers to it.
  var url = ""
  /// What the file is about.
  var title = ""
  /// How delimited text is written; nil for other tables.
  var dialect: JSONValue?
  /// Whether columns are found by their titles.
  var matchesByTitle = true
  /// The kind of things that rows are, as part of their IRIs.
  var kind = ""
  /// Texts that mean in every column that there is no value.
  var marks: [String] = []
  var columns: [ColumnProposal] = []
  /// The language of the names of the things that rows are; nil where they are names of organisations or people, which have none.
  var labelLanguage: String?
  /// The columns that tell rows apart, the best choice first.
  var keys: [[Int]] = []
  /// What was found, beside what follows from the columns.
  package internal(set) var notes: [Note] = []
  /// The columns of the coordinates.
  var place: PlaceGuess?
  /// The name of the column of the class.
  var className = "typ"
  /// The names of the columns that places need: the point, the geometry, latitude, longitude, and the place itself.
  var placeNames: [String] = []

  /// How many columns of the table are described.
  package var columnCount: Int { columns.count { !$0.isLeftOut } }

  /// The mapping as text.
  package var text: String {
    var out = ByteBuffer()
    JSONWriter.write(json, to: &out, layout: .fitted(width: 120))
    return out.view.text
  }

  /// The template of the IRIs of rows.
  package var aboutURL: String { "id/\(kind)/" + keyVariables.joined(separator: "/") }

  /// What tells rows apart: a phrase.
  package var keyWords: Words {
    guard let key = keys.first else { return .phrase("found-no-key", ["template": aboutURL]) }
    return .phrase("found-key", ["columns": key.map { "«\(columns[$0].title)»" }.joined(separator: ", "), "template": aboutURL])
  }

  /// The properties that are the site's own.
  package var ownTerms: [String] { described.compactMap(\.property).filter { $0.hasPrefix("ns/") } }

  private var keyVariables: [String] {
    guard let key = keys.first else { return ["{_row}"] }
    return key.map { number in
      let column = columns[number]
      // What people write for each other holds spaces; a slug of it is a better part of an identifier.
      return column.property == "rdfs:label" ? "{\(column.name).slug}" : "{\(column.name)}"
    }
  }

  private var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("@context", .list([.text(CSVWContext.iri), .object([("@language", .text("sv"))])])), ("url", .text(url)),
      ("dc:title", .text(title)),
    ]
    if let dialect { members.append(("dialect", dialect)) }
    if matchesByTitle { members.append((Annotation.namespace + Annotation.columnMatching.rawValue, .text("title"))) }
    var schema: [(key: String, value: JSONValue)] = [("aboutUrl", .text(aboutURL))]
    if let key = keys.first {
      let names = key.map { JSONValue.text(columns[$0].name) }
      schema.append(("primaryKey", names.count == 1 ? names[0] : .list(names)))
    }
    if !marks.isEmpty { schema.append(("null", .list(([""] + marks).map { .text($0) }))) }
    schema.append(("columns", .list((described + virtual).map { $0.json(marks: marks) })))
    members.append(("tableSchema", .object(schema)))
    return .object(members)
  }

  /// The columns of the file; the keys among them are required.
  private var described: [ColumnProposal] {
    let key = Set(keys.first ?? [])
    var unique: Set<String> = []
    let single = keys.first.flatMap { $0.count == 1 ? $0.first : nil }
    if let property = single.flatMap({ columns[$0].property }) { unique.insert(property) }
    return columns.filter { !$0.isLeftOut }.map { column in
      var column = column
      if let number = column.number, key.contains(number) { column.isRequired = true }
      // A thing has one name and one identifier; a second column for them has a property of its own.
      if let property = column.property, ["rdfs:label", "dcterms:identifier"].contains(property), column.number != single,
        !unique.insert(property).inserted
      {
        column.property = "ns/" + ProposalNames.term(column.title)
      }
      if column.property == "rdfs:label", column.datatype.base == .string { column.language = column.language ?? labelLanguage }
      return column
    }
  }

  /// The class of the rows, and where they are.
  private var virtual: [ColumnProposal] {
    var type = ColumnProposal(nil, name: className)
    type.property = "rdf:type"
    let term = ProposalNames.term(kind)
    type.valueURL = "ns/" + term.prefix(1).uppercased() + term.dropFirst()
    return [type] + placeColumns
  }

  private var placeColumns: [ColumnProposal] {
    guard let place, matchesByTitle, placeNames.count == 5 else { return [] }
    let geometry = aboutURL + "/geometri"
    let namespace = "http://www.opengis.net/ont/geosparql#"
    var result: [ColumnProposal] = []
    var source = columns[place.first].name
    var point = ColumnProposal(nil, name: placeNames[0])
    point.aboutURL = geometry
    point.property = namespace + "asWKT"
    let form = (name: Annotation.coordinates, value: JSONValue.text(place.form.rawValue))
    if place.form == .wgs84LatLon, !place.isOneColumn {
      point.fallback = "{\(columns[place.first].name)} {\(columns[place.second].name)}"
      point.annotations = [form]
    } else {
      if !place.isOneColumn {
        var both = ColumnProposal(nil, name: placeNames[4])
        both.fallback = "{\(columns[place.first].name)} {\(columns[place.second].name)}"
        both.suppressesOutput = true
        both.annotations = [form]
        source = both.name
        result.append(both)
      }
      for (name, part) in [(placeNames[2], "lat"), (placeNames[3], "long")] {
        var number = ColumnProposal(nil, name: name)
        number.property = "http://www.w3.org/2003/01/geo/wgs84_pos#" + part
        number.fallback = "{\(source).\(part)}"
        number.datatype = DatatypeDescription(base: .decimal)
        result.append(number)
      }
      point.fallback = "{\(source).wkt}"
      point.datatype.id = CoordinateForm.datatype
    }
    var link = ColumnProposal(nil, name: placeNames[1])
    link.property = namespace + "hasGeometry"
    link.valueURL = geometry
    link.annotations = [(.when, .text("\(point.name) present"))]
    return result + [point, link]
  }
}

import TestSupport

/// A small mapping of a list of things, as a person would write one: `things.json`.
let plainMapping = """
  {
    "@context": "http://www.w3.org/ns/csvw",
    "url": "things.csv",
    "https://w3id.org/kommungraf/ns/csvw/columnMatching": "title",
    "tableSchema": {
      "aboutUrl": "https://example.org/thing/{id}",
      "columns": [
        { "name": "id", "titles": "id", "required": true, "propertyUrl": "dcterms:identifier" },
        { "name": "kommun", "titles": ["Kommunid", "Id_kommun", "kommun"], "propertyUrl": "dcterms:spatial",
          "https://w3id.org/kommungraf/ns/csvw/register": "kommun" },
        { "name": "datum", "titles": "datum", "datatype": "date", "propertyUrl": "dcterms:date" },
        { "name": "belopp", "titles": "Belopp", "datatype": { "base": "decimal", "format": { "decimalChar": "," } },
          "propertyUrl": "https://example.org/amount" },
        { "name": "namn", "titles": "namn", "propertyUrl": "rdfs:label" }
      ]
    }
  }
  """

/// Converts `table`, written as `table.csv`, by ``plainMapping`` into the triples that cells give, as N-Triples.
func convertPlain(
  _ table: [UInt8], _ options: [String] = [], environment: [String: String] = [:], in folder: TemporaryFolder
) throws -> ProgramRun {
  try folder.write("things.json", plainMapping)
  try folder.write("table.csv", table)
  let arguments = ["convert", "--mapping", "./things.json", "--mode", "minimal", "--format", "ntriples"] + options + ["table.csv"]
  return try ProgramRun(arguments, environment: environment, in: folder)
}

/// Converts a table that is text.
func convertPlain(
  _ table: String, _ options: [String] = [], environment: [String: String] = [:], in folder: TemporaryFolder
) throws -> ProgramRun {
  try convertPlain(Array(table.utf8), options, environment: environment, in: folder)
}

/// The N-Triples line that a thing of ``plainMapping`` has this name.
func label(_ id: String, _ name: String) -> String {
  "<https://example.org/thing/\(id)> <http://www.w3.org/2000/01/rdf-schema#label> \"\(name)\" ."
}

/// The N-Triples line that a thing of ``plainMapping`` has this identifier.
func identifier(_ id: String) -> String {
  "<https://example.org/thing/\(id)> <http://purl.org/dc/terms/identifier> \"\(id)\" ."
}

import Bytes
import Problems
import RDFSyntax
import SPARQL
import Testing

/// Declarations that the tests' queries begin with, on their first line.
let declarations = """
  PREFIX : <http://e/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> 
  """

/// The query, the usual prefixes declared before it.
func parsed(_ text: String, base: ByteString? = nil) throws -> Query {
  try QueryParser.parse(ByteString(declarations + text), base: base)
}

/// The pattern of a query as text, IRIs under `http://e/` short.
func algebra(_ text: String) throws -> String {
  AlgebraText.render(try parsed(text)).replacing("<http://e/", with: ":").replacing(">", with: "")
}

/// The problem that a query has; nil where it has none. Nothing is declared.
func problem(_ text: String, prefixes: Prefixes = Prefixes()) -> Problem? {
  do throws(Failure) {
    _ = try QueryParser.parse(ByteString(text), prefixes: prefixes)
    return nil
  } catch {
    return error.problem
  }
}

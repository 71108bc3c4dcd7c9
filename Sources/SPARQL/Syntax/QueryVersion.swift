/// The versions of the language that a query, or the request that brings it, may announce (SPARQL 1.2 Query §4.3, Protocol §2.1).
///
/// A query means the same in each but for two things: SPARQL 1.1 lets codepoint escapes stand anywhere (§19.2), 1.2 in IRIs and strings
/// alone; and a literal that is ill-typed or has a language has a truth value in 1.1, but is an error there in 1.2
/// (``Value/effectiveBoolean(_:)``).
package enum QueryVersion: String, Sendable {
  /// SPARQL 1.1.
  case v11 = "1.1"
  /// SPARQL 1.2 without triple terms.
  case v12Basic = "1.2-basic"
  /// SPARQL 1.2.
  case v12 = "1.2"
}

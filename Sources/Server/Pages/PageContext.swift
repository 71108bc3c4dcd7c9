package import Problems

/// What every page of one request is made with: the language, and where links lead.
package struct PageContext: Sendable {
  /// The language of the page.
  package let language: Language
  /// Whether the language stands in the address, so that links keep it.
  package let isLanguageChosen: Bool
  /// What paths begin with; empty unless the site's base has a path and was asked for by it.
  package let folder: String
  /// The path of this page, without ``folder``.
  package let path: String
  /// The parameters of this page.
  package let query: FormFields
  /// Where things have their documents.
  package let addresses: Addresses

  /// A context.
  package init(
    language: Language, isLanguageChosen: Bool, folder: String, path: String, query: FormFields, addresses: Addresses
  ) {
    self.language = language
    self.isLanguageChosen = isLanguageChosen
    self.folder = folder
    self.path = path
    self.query = query
    self.addresses = addresses
  }

  /// The address of a page of this server by its path and parameters.
  package func link(to path: String, _ parameters: FormFields = FormFields()) -> String {
    let all = isLanguageChosen ? parameters.replacing(["lang": language.rawValue]) : parameters
    let text = all.text
    return folder + path + (text.isEmpty ? "" : "?" + text)
  }

  /// The address of what is known of a thing: a page of this server for our own things, the IRI itself for others.
  package func link(toIRI iri: String) -> String { addresses.path(of: iri).map { link(to: $0) } ?? iri }

  /// The address of this page in another language.
  package func link(inLanguage language: Language) -> String {
    folder + path + "?" + query.replacing(["lang": language.rawValue]).text
  }
}

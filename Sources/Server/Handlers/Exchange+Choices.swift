import Problems

extension WebRequest {
  /// What `?format=` says; nil where it says nothing.
  var formatName: String? { query["format"].flatMap { $0.isEmpty ? nil : $0 } }

  /// The form of a document that the client wants: by `?format=`, else by `Accept`.
  /// - Parameter forms: those that there are, the default one first.
  /// - Throws: ``ProblemCode/requestUnacceptable`` with the choices.
  func documentForm(of forms: [DocumentForm]) throws(Failure) -> DocumentForm {
    let choices = forms.map(\.mediaType).joined(separator: ", ")
    if let name = formatName {
      if let form = DocumentForm(named: name), forms.contains(form) { return form }
      throw Failure(.requestUnacceptable, value: name, ["choices": .text(forms.map(\.name).joined(separator: ", "))])
    }
    let best = AcceptedTypes(headers["accept"]).best(of: forms.map(\.mediaType))
    guard let form = forms.first(where: { $0.mediaType == best }) else {
      throw Failure(.requestUnacceptable, value: headers["accept"], ["choices": .text(choices)])
    }
    return form
  }

  /// The language of pages and messages: by `?lang=`, else by `Accept-Language`, else the first of the site's.
  func language(of languages: [Language]) -> (language: Language, isChosen: Bool) {
    if let chosen = query["lang"].flatMap(Language.init(rawValue:)), languages.contains(chosen) { return (chosen, true) }
    let best = AcceptedTypes(headers["accept-language"]).best(ofLanguages: languages.map(\.rawValue))
    return (best.flatMap(Language.init(rawValue:)) ?? languages.first ?? .sv, false)
  }

  /// Whether the client is one for people: a page answers it best. They name that type; a wildcard is for what programs read.
  var wantsPage: Bool {
    if let name = formatName { return DocumentForm(named: name) == .html }
    let accepted = AcceptedTypes(headers["accept"])
    return accepted.names("text/html") && accepted.best(of: ["application/problem+json", "application/json", "text/html"]) == "text/html"
  }
}

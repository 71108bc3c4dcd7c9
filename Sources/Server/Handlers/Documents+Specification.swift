import Problems

extension Documents {
  /// The document about the specification of a mapping, `/spec/NAME`: a page, and what the catalog says of it where a dataset is made by it.
  func specification(_ request: WebRequest, _ context: PageContext) async throws(Failure) -> WebResponse {
    let segments = request.path.segments
    guard segments.count == 2, let base = addresses.base else { throw try await unknown(request) }
    var name = String(segments[1])
    var asked = request
    if try pages.specification(name) == nil, let (form, stem) = DocumentForm.ending(of: name) {
      name = stem
      asked.query = asked.query.replacing(["format": form.name])
    }
    guard let page = try await pages.specification(name, context) else { throw try await unknown(request) }
    let iri = base + "/spec/" + name
    let forms = try await isKnown(iri) ? DocumentForm.allCases : [.html]
    let form = try asked.documentForm(of: forms)
    let response = form == .html ? WebResponse.page(page, context) : try await answer(DocumentQueries.description(of: iri), form)
    return response.with("Link", links(context.folder + "/spec/" + name, of: forms))
  }
}

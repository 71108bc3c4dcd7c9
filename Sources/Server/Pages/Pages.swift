/// The pages for people.
package struct Pages: Sendable {
  private let publication: Publication

  /// The pages of a publication.
  package init(_ publication: Publication) { self.publication = publication }
}

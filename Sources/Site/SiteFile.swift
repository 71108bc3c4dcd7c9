package import Problems

/// A site's `site.yaml` (contract §3): whose data it is, where its identifiers begin, and which datasets there are.
package struct SiteFile: Sendable {
  /// The file's path.
  package let path: String
  /// What the site's own identifiers begin with, without a slash at the end.
  package let base: String
  /// What the site is called.
  package let title: Texts
  /// What it is, or nil.
  package let description: Texts?
  /// Who publishes it.
  package let publisher: Publisher
  /// Whom to ask, or nil.
  package let contact: Contact?
  /// The licence of the data, where a dataset has no other.
  package let licence: String
  /// The languages of its pages, the first one first.
  package let languages: [Language]
  /// The patterns of registers that are not the shipped ones, by name.
  package let registers: [String: String]
  /// Where they stand in the file, by name.
  package let registerPlaces: [String: Place]
  /// The datasets, in the order of the file. No two have one name.
  package let datasets: [Dataset]
  /// What is said of series that datasets belong to. No two have one name, and none that of a dataset.
  package let series: [Series]
  /// The catalogs of others that are gathered, or nil.
  package let harvest: Harvest?
  /// What the site may fetch from.
  package let network: Network
  /// What one query and one request may use.
  package let limits: SiteLimits
  /// The SPARQL endpoint that stands in for the embedded store, or nil.
  package let endpoint: String?

  /// The folder of the file; paths in it start from there.
  package var folder: String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "." }

  /// Who publishes a site.
  package struct Publisher: Sendable {
    /// The name.
    package let name: Texts
    /// The organisation number, ten digits, or nil.
    package let organisationNumber: String?
    /// The code of the kommun that it is, or nil.
    package let kommun: String?
    /// Which kind of publisher: the last part of an IRI of `http://purl.org/adms/publishertype/`.
    package let type: String
    /// Its home page, or nil.
    package let homepage: String?

    /// The kinds of publishers (DCAT-AP-SE, foaf:Agent).
    package static let types = [
      "LocalAuthority", "RegionalAuthority", "NationalAuthority", "SupraNationalAuthority", "Company", "Academia-ScientificOrganisation",
      "IndustryConsortium", "NonGovernmentalOrganisation", "NonProfitOrganisation", "PrivateIndividual(s)", "StandardisationBody",
    ]
  }

  /// Whom to ask about a site's data.
  package struct Contact: Sendable {
    /// The name of a function or unit.
    package let name: String
    /// The e-mail address.
    package let email: String
    /// The telephone number in international form, or nil.
    package let phone: String?
  }

  /// One dataset: some sources, by one mapping.
  package struct Dataset: Sendable {
    /// The name, the last part of its IRI.
    package let name: String
    /// What it is called; nil for the title of its specification.
    package let title: Texts?
    /// What it holds; nil for the description of its specification.
    package let description: Texts?
    /// The name of its mapping.
    package let mapping: String
    /// The name of the variant of its mapping; nil to choose it by the files.
    package let variant: String?
    /// Paths, globs and IRIs of its sources, as written.
    package let sources: [String]
    /// Values that the rows do not say, by column.
    package let settings: [String: String]
    /// The name of the series that it belongs to, or nil.
    package let series: String?
    /// How often it is read again, as xsd:duration, or nil.
    package let schedule: String?
    /// How long things are kept of a dataset that grows: new files are added to what there is. Nil for one that is read as a whole each time.
    package let keep: KeepTime?
    /// The file of request headers, or nil.
    package let headers: String?
    /// Its line in the file.
    package let line: Int
  }

  /// Datasets that differ in one thing only, such as the year (dcat:DatasetSeries).
  package struct Series: Sendable {
    /// The name, the last part of its IRI.
    package let name: String
    /// What it is called; nil for the title of its datasets' specification.
    package let title: Texts?
    /// What its datasets hold; nil for the description of their specification.
    package let description: Texts?
    /// Its line in the file.
    package let line: Int
  }

  /// Whose catalogs are gathered, and which specifications are followed.
  package struct Harvest: Sendable {
    /// The path of the list of publishers.
    package let publishers: String
    /// The names of the mappings whose datasets are read.
    package let follow: [String]
  }

  /// What a site may fetch from.
  package struct Network: Sendable {
    /// Private hosts that are allowed, as `HOST` or `HOST:PORT`.
    package let allow: [String]
    /// The endpoints that queries may ask by SERVICE.
    package let service: [String]
  }
}

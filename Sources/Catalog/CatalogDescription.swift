package import Problems
package import RDF

/// What a catalog says (DCAT-AP-SE 3.0.1): who publishes which datasets, in which forms and under which licence.
package struct CatalogDescription: Sendable {
  /// What the IRIs of the catalog, its datasets and their distributions begin with, without a slash at the end.
  package var base: String
  /// The title.
  package var title: Texts
  /// What it holds.
  package var description: Texts
  /// Who publishes it, and its datasets.
  package var publisher: Agent
  /// Whom to ask, or nil.
  package var contact: Contact?
  /// The languages in which it is written.
  package var languages: [Language]
  /// The datasets.
  package var datasets: [Dataset]
  /// What datasets belong to that differ in one thing only, such as the year.
  package var series: [Series] = []
  /// The day of the last change as xsd:date, or nil.
  package var modified: String?

  /// A catalog.
  package init(
    base: String, title: Texts, description: Texts, publisher: Agent, contact: Contact?, languages: [Language], datasets: [Dataset],
    modified: String? = nil
  ) {
    self.base = base
    self.title = title
    self.description = description
    self.publisher = publisher
    self.contact = contact
    self.languages = languages
    self.datasets = datasets
    self.modified = modified
  }

  /// A publisher (foaf:Agent).
  package struct Agent: Sendable {
    /// The name.
    package var name: Texts
    /// The last part of an IRI of `http://purl.org/adms/publishertype/`.
    package var type: String
    /// The organisation number, ten digits, or nil. With one the agent has the national portal's IRI.
    package var organisationNumber: String?
    /// The IRI by which data speak of the same organisation, or nil.
    package var organisation: String?
    /// The home page, or nil.
    package var homepage: String?

    /// A publisher.
    package init(name: Texts, type: String, organisationNumber: String?, organisation: String?, homepage: String?) {
      self.name = name
      self.type = type
      self.organisationNumber = organisationNumber
      self.organisation = organisation
      self.homepage = homepage
    }
  }

  /// Whom to ask (vcard:Organization).
  package struct Contact: Sendable {
    /// The name.
    package var name: String
    /// The e-mail address.
    package var email: String
    /// The telephone number in international form, or nil.
    package var phone: String?

    /// Whom to ask.
    package init(name: String, email: String, phone: String?) {
      self.name = name
      self.email = email
      self.phone = phone
    }
  }

  /// Datasets of one kind that differ in one thing only (dcat:DatasetSeries).
  package struct Series: Sendable {
    /// What follows the base in its IRI, such as `dataset/leverantorsreskontra-2120001967`.
    package var path: String
    /// The title.
    package var title: Texts
    /// What its datasets hold; nil for the title.
    package var description: Texts?
    /// Keywords in Swedish, and in English.
    package var keywords: (sv: [String], en: [String]) = ([], [])
    /// Themes (EU authority table data-theme).
    package var themes: [String] = []
    /// The IRI of the specification that its datasets follow, or nil.
    package var specification: String?

    /// A series.
    package init(path: String, title: Texts, description: Texts?) {
      self.path = path
      self.title = title
      self.description = description
    }
  }

  /// A dataset, as it is published.
  package struct Dataset: Sendable {
    /// What follows the base in its IRI, such as `dataset/badplatser-1880`.
    package var path: String
    /// The title.
    package var title: Texts
    /// What it holds; nil for the title.
    package var description: Texts?
    /// Keywords in Swedish, and in English.
    package var keywords: (sv: [String], en: [String]) = ([], [])
    /// Themes (EU authority table data-theme).
    package var themes: [String] = []
    /// What follows the base in the IRI of the series that it belongs to, or nil.
    package var series: String?
    /// The specification that it follows: its IRI and title, or nil.
    package var specification: (iri: String, title: Texts)?
    /// The licence of the data.
    package var licence: String
    /// How often it changes (EU authority table frequency), or nil.
    package var frequency: String?
    /// How many rows of its sources are not published, for reasons of secrecy or personal data.
    package var withheldRows = 0
    /// The IRIs of the reasons for which rows or values are not published.
    package var withheldReasons: [String] = []
    /// What people should know of where it comes from and what is left out, or nil.
    package var provenance: Texts?
    /// The files that it was made from: IRIs, and names of those that have no address of their own.
    package var sources: [(iri: String, name: String?)] = []
    /// When it was made, as xsd:dateTime, or nil.
    package var generated: String?
    /// The IRIs of the specification and the registers that it was made with.
    package var used: [String] = []
    /// What else is said of it: what its mapping says of all its rows.
    package var statements: [(predicate: String, object: Term)] = []

    /// A dataset.
    package init(path: String, title: Texts, description: Texts?, licence: String) {
      self.path = path
      self.title = title
      self.description = description
      self.licence = licence
    }
  }
}

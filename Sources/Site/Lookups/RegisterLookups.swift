package import Bytes
package import Identifiers
package import Problems
package import Resources
import Synchronization

/// The registers and code lists of a site, to look codes and names up in (contract §5, `/resolve` and `/reconcile`).
///
/// Each is read when it is first asked for, and again for another version of the data that are served; which there are is looked up once a version.
package final class RegisterLookups: Sendable {
  /// A register, and what a site says of it.
  package struct Entry: Sendable {
    /// What the site says of it.
    package let published: PublishedRegister
    /// Its members.
    package let register: Register
  }

  /// A register or code list, and the file that it stands in.
  private typealias Part = (kind: SitePart.Kind, name: String, source: String)

  private struct State {
    var version: ByteString?
    /// All that the library has.
    var parts: [Part] = []
    /// What has been read; nil for what can't be.
    var entries: [String: Entry?] = [:]
  }

  private let state = Mutex(State())
  private let library: Library
  private let reader: RegisterReader
  private let base: String

  /// The registers of a site.
  /// - Parameter library: where vocabularies are looked up; the site's own registers come before others of their name.
  package init(_ site: SiteFile, _ library: Library, resources: any ByteSource) {
    self.library = library.holdingRegisters(ofSite: site.folder)
    reader = RegisterReader(site, self.library, resources)
    base = site.base
  }

  /// The register with a name.
  /// - Parameter version: names the data that are served; what was read for others is forgotten.
  /// - Throws: ``ProblemCode/registerMissing`` with the nearest name.
  package func entry(named name: String, version: ByteString) throws(Failure) -> Entry {
    let parts = parts(version)
    if let part = parts.first(where: { $0.name == name }), let entry = read(part, version) { return entry }
    var arguments = ["register": name]
    arguments["nearest"] = nearest(to: name, among: parts.map(\.name))
    throw Failure(.registerMissing, value: name, arguments)
  }

  /// All that can be read: the registers by name, and then the code lists.
  package func all(version: ByteString) -> [Entry] {
    let entries = parts(version).compactMap { read($0, version) }
    return entries.filter { $0.published.kind == .register } + entries.filter { $0.published.kind != .register }
  }

  private func parts(_ version: ByteString) -> [Part] {
    state.withLock { state in
      renew(&state, for: version)
      return state.parts
    }
  }

  /// Forgets what was read for another version of the data.
  private func renew(_ state: inout State, for version: ByteString) {
    if state.version != version { state = State(version: version, parts: SitePart.registers(in: library)) }
  }

  private func read(_ part: Part, _ version: ByteString) -> Entry? {
    state.withLock { state in
      renew(&state, for: version)
      if let known = state.entries[part.name] { return known }
      let entry = reader.read(part.kind, part.name, part.source, graph: SitePart.graph(ofRegister: part.name, base: base))
      state.entries[part.name] = entry
      return entry
    }
  }
}

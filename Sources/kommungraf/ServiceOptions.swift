import Bytes
import Fetching
import SPARQL
import Site

extension GlobalOptions {
  /// The endpoints that queries over a site may ask: those that its file lists, wherever they are, and no others. An answer may have as many
  /// solutions as a query's own, and as many bytes as a query may keep.
  func services(of site: SiteFile) -> Services? {
    let allowed = site.network.service
    if allowed.isEmpty { return nil }
    var policy = NetworkPolicy()
    policy.isOffline = offline
    policy.allowed = allowed.compactMap { NetworkPolicy.Host(of: $0) }
    policy.largestBody = site.limits.queryMemory
    let limits = ResultReader.Limits(rows: site.limits.queryRows, bytes: site.limits.queryMemory)
    return Services(
      allowed: Set(allowed.map { ByteString($0) }), client: EndpointClient(NetworkExchange(files, policy: policy), limits: limits))
  }
}

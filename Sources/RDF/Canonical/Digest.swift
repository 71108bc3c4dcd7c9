package import Bytes
import CCrypto

/// A cryptographic hash, by libcrypto.
package final class Digest {
  /// Which hash.
  package enum Algorithm: String, CaseIterable, Sendable {
    case md5 = "MD5"
    case sha1 = "SHA1"
    case sha256 = "SHA256"
    case sha384 = "SHA384"
    case sha512 = "SHA512"
  }

  private let context = EVP_MD_CTX_new()
  private let method: OpaquePointer?
  private var bytes = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))

  /// A hash that can be used again and again; not by two threads at once.
  package init(_ algorithm: Algorithm) { method = EVP_MD_fetch(nil, algorithm.rawValue, nil) }

  deinit {
    EVP_MD_CTX_free(context)
    EVP_MD_free(method)
  }

  /// The hash of the bytes, in lower-case hexadecimal.
  package func hex(of view: ByteView) -> ByteString {
    var length: UInt32 = 0
    EVP_DigestInit_ex2(context, method, nil)
    EVP_DigestUpdate(context, view.start, view.count)
    EVP_DigestFinal_ex(context, &bytes, &length)
    var hex: [UInt8] = []
    hex.reserveCapacity(Int(length) * 2)
    for byte in bytes.prefix(Int(length)) {
      hex.append(lowerHexDigit(byte >> 4))
      hex.append(lowerHexDigit(byte & 15))
    }
    return ByteString(hex)
  }
}

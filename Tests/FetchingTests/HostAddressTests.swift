import Fetching
import Testing

/// Which addresses are of the open network (RFC 6890), and what names a host.
struct HostAddressTests {
  @Test(arguments: [
    ("8.8.8.8", true), ("193.10.64.1", true), ("172.32.0.1", true), ("100.128.0.1", true), ("198.20.0.1", true), ("192.169.0.1", true),
    ("0.0.0.0", false), ("10.1.2.3", false), ("100.64.0.1", false), ("127.0.0.1", false), ("127.255.255.255", false),
    ("169.254.169.254", false), ("172.16.0.1", false), ("172.31.255.255", false), ("192.168.1.1", false), ("198.19.0.1", false),
    ("192.0.2.1", false), ("224.0.0.1", false), ("255.255.255.255", false), ("127.1", false), ("0x7f.1", false), ("2130706433", false),
    ("2001:6b0::1", true), ("2a00:1450::1", true), ("::1", false), ("::", false), ("fe80::1", false), ("fc00::1", false),
    ("fd12::1", false),
    ("ff02::1", false), ("2001:db8::1", false), ("2001::1", false), ("::ffff:127.0.0.1", false), ("::ffff:8.8.8.8", true),
    ("64:ff9b::10.0.0.1", false), ("64:ff9b::8.8.8.8", true), ("2002:7f00:1::", false), ("2002:808:808::", true), ("::127.0.0.1", false),
  ])
  func isJudgedByItsRange(_ text: String, _ isPublic: Bool) {
    let found = HostAddress.all(of: text)
    #expect(found.count == 1 && found.first?.isPublic == isPublic)
  }

  @Test(arguments: [
    ("data.example.se", true), ("data.example.se:8080", true), ("[::1]:80", true), ("[::1]", true), ("", false), (":80", false),
    ("a:0", false), ("a:65536", false), ("a:b", false), ("[::1", false),
    ("a b", false), ("a/b", false), ("a,b", false), (" a", false), ("a@b", false), ("[a b]", false), ("a*", false),
    ("xn--rebro-3qa.se", true),
    ("örebro.se", true), ("my_host", true), ("[fe80::1%eth0]:80", true),
  ])
  func aHostIsANameAndPerhapsAPort(_ text: String, _ isOne: Bool) { #expect((NetworkPolicy.Host(text) != nil) == isOne) }
}

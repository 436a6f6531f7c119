package io.icespar.server.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which name is found in a subject, also in those that are made to be read in two ways. */
class NamePatternTest {
    private static final NamePattern COMMON_NAME = NamePattern.parse("CN=([^,]+)(?:,.*)?");

    /** As careless as can be: the text after any CN= that there is. */
    private static final NamePattern CARELESS = NamePattern.parse(".*?CN=([^,]+).*");

    private static final NamePattern GREEDY = NamePattern.parse(".*CN=([^,]+)(?:,.*)?");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=alice | alice",
                "CN=alice,O=Example,C=FR | alice",
                "CN=alice,O=Example\\, Inc.,C=FR | alice",
                "CN=alice smith,O=x+OU=y | alice smith",
                "CN=Zoë | Zoë",
                "CN=a=b | a=b",
                "CN=alice,1.2.840.113549.1.9.1=#160a614063 | alice",
            })
    void theNameIsAnAttributesWholeValue(String subject, String name) {
        assertEquals(Optional.of(name), COMMON_NAME.find(subject));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Nothing that matches.
                "O=Example",
                "''",
                "CN=",
                // Escaped characters.
                "CN=admin\\,CN=x",
                "CN=admin\\00",
                "CN=\\ admin",
                "CN=\\#admin",
                "CN=admin\\+x",
                // Several values in one place.
                "CN=admin+CN=x",
                "CN=admin+OU=x",
                "CN=admin+OU=x,O=y",
                // Several of one kind.
                "CN=admin,CN=x",
                "CN=admin,O=x,cn=x",
                // No text but bytes.
                "CN=#0c0561646d696e",
            })
    void aSubjectThatCanBeReadInTwoWaysHasNoName(String subject) {
        for (NamePattern pattern : new NamePattern[] {COMMON_NAME, CARELESS, GREEDY}) {
            assertEquals(
                    Optional.empty(), pattern.find(subject), pattern.pattern().pattern());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "O=x\\,CN=admin,CN=eve",
                "CN=eve,O=x\\,CN=admin",
                "CN=eve,O=CN=admin",
                "OU=CN=admin",
                "CN=eve,O=x\\+CN=admin",
                "O=\\\\\\,CN=admin,CN=eve",
                "O=\"\\,CN=admin,CN=eve",
            })
    void textWithinAValueIsNoAttribute(String subject) {
        for (NamePattern pattern : new NamePattern[] {CARELESS, GREEDY}) {
            assertNotEquals(
                    Optional.of("admin"),
                    pattern.find(subject),
                    pattern.pattern().pattern());
        }
    }

    @Test
    void aPartOfAValueIsNoName() {
        assertEquals(
                Optional.empty(), NamePattern.parse("CN=([a-z]+)@example.org").find("CN=admin@example.org"));
        assertEquals(Optional.empty(), NamePattern.parse("C(N=.*)").find("CN=admin"));
        assertEquals(Optional.empty(), NamePattern.parse("(.*)").find("CN=admin"));
        assertEquals(Optional.empty(), NamePattern.parse("CN=(.*)").find("CN=admin,O=x"));
        assertEquals(Optional.empty(), NamePattern.parse("CN=(admin)?.*").find("CN=eve"));
    }

    @Test
    void theWholeSubjectMustMatch() {
        assertEquals(Optional.empty(), NamePattern.parse("CN=([^,]+)").find("CN=admin,O=x"));
        assertEquals(Optional.empty(), NamePattern.parse("CN=([^,]+),O=x").find("CN=admin,O=x,C=FR"));
        assertEquals(Optional.of("admin"), NamePattern.parse("CN=([^,]+),O=x").find("CN=admin,O=x"));
    }

    @Test
    void subjectsOfRealCertificatesAreReadLikewise() {
        var text = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, "Example, Inc.")
                .addRDN(BCStyle.CN, "alice");
        assertEquals(Optional.of("alice"), found(text));
        var comma = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, new DERUTF8String("admin,CN=x"));
        assertEquals(Optional.empty(), found(comma));
        var nul = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, new DERUTF8String("admin\0.example"));
        assertEquals(Optional.empty(), found(nul));
        var several =
                new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, "eve").addRDN(BCStyle.CN, "admin");
        assertEquals(Optional.empty(), found(several));
        var bytes = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, new DERBitString(new byte[] {1}));
        assertEquals(Optional.empty(), found(bytes));
        var wide = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, new DERBMPString("alice"));
        assertEquals(Optional.empty(), found(wide));
    }

    private static Optional<String> found(X500NameBuilder subject) {
        return COMMON_NAME.find(TestAuthority.create("CN=authority")
                .client(subject.build(), Instant.now().plusSeconds(60))
                .certificate());
    }
}

// SPDX-License-Identifier: MIT
// Seals, opens, signs and verifies as BouncyCastle does, for tests/packets/test_bouncycastle.py.
//   seal PLAIN SEALED rsa:CERT | ec:CERT | code:DIGITS ...     open rsa|ec|code CERT-OR-DIGITS KEY SEALED PLAIN
//   sign DATA SIGNATURE CERT KEY                                verify DATA SIGNATURE
// Certificates and PKCS#8 keys are DER.

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Security;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import java.security.Key;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.GCMParameters;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.*;
import org.bouncycastle.cms.jcajce.*;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.InputDecryptor;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.bouncycastle.operator.jcajce.JcaAlgorithmParametersConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

public class Cms {
    static final ASN1ObjectIdentifier HMAC_SHA256 = PKCSObjectIdentifiers.id_hmacWithSHA256;

    public static void main(String[] a) throws Exception {
        Security.addProvider(new BouncyCastleProvider());
        switch (a[0]) {
            case "seal" -> seal(a);
            case "open" -> open(a);
            case "sign" -> sign(a);
            case "verify" -> verify(a);
            default -> throw new IllegalArgumentException(a[0]);
        }
    }

    static byte[] read(String path) throws Exception { return Files.readAllBytes(Path.of(path)); }

    static X509Certificate certificate(String path) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(read(path)));
    }

    static PrivateKey key(String kind, String path) throws Exception {
        return KeyFactory.getInstance(kind.equals("rsa") ? "RSA" : "EC", "BC").generatePrivate(new PKCS8EncodedKeySpec(read(path)));
    }

    static void seal(String[] a) throws Exception {
        CMSAuthEnvelopedDataGenerator generator = new CMSAuthEnvelopedDataGenerator();
        for (String recipient : List.of(a).subList(3, a.length)) {
            String[] parts = recipient.split(":", 2);
            switch (parts[0]) {
                case "rsa" -> {
                    OAEPParameterSpec oaep = new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
                    AlgorithmIdentifier algorithm = new JcaAlgorithmParametersConverter().getAlgorithmIdentifier(PKCSObjectIdentifiers.id_RSAES_OAEP, oaep);
                    generator.addRecipientInfoGenerator(new JceKeyTransRecipientInfoGenerator(certificate(parts[1]), algorithm).setProvider("BC"));
                }
                case "ec" -> {
                    KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC", "BC");
                    pairs.initialize(new ECGenParameterSpec("P-256"));
                    KeyPair ours = pairs.generateKeyPair();
                    generator.addRecipientInfoGenerator(
                        new JceKeyAgreeRecipientInfoGenerator(CMSAlgorithm.ECDH_SHA256KDF, ours.getPrivate(), ours.getPublic(), CMSAlgorithm.AES256_WRAP)
                            .addRecipient(certificate(parts[1])).setProvider("BC"));
                }
                case "code" -> generator.addRecipientInfoGenerator(
                    new JcePasswordRecipientInfoGenerator(CMSAlgorithm.AES256_CBC, parts[1].toCharArray()).setProvider("BC")
                        .setPasswordConversionScheme(PasswordRecipient.PKCS5_SCHEME2_UTF8).setPRF(PasswordRecipient.PRF.HMacSHA256)
                        .setSaltAndIterationCount(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}, 600_000));
                default -> throw new IllegalArgumentException(recipient);
            }
        }
        OutputAEADEncryptor encryptor = (OutputAEADEncryptor) new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_GCM).setProvider("BC").build();
        Files.write(Path.of(a[2]), generator.generate(new CMSProcessableByteArray(read(a[1])), encryptor).getEncoded());
    }

    static void open(String[] a) throws Exception {
        CMSAuthEnvelopedData sealed = new CMSAuthEnvelopedData(read(a[4]));
        for (RecipientInformation info : sealed.getRecipientInfos().getRecipients()) {
            Recipient recipient = switch (a[1]) {
                case "rsa" -> new JceKeyTransAuthEnvelopedRecipient(key("rsa", a[3])).setProvider("BC");
                case "ec" -> new Agreed(key("ec", a[3]));
                default -> new Coded(a[2].toCharArray());
            };
            boolean fits = a[1].equals("code") ? info instanceof PasswordRecipientInformation
                : info.getRID().match(new X509CertificateHolder(read(a[2])));
            if (fits) {
                Files.write(Path.of(a[5]), info.getContent(recipient));
                return;
            }
        }
        throw new IllegalStateException("no recipient fits");
    }

    // BouncyCastle 1.72 recovers these keys, but has no reader of its own that goes on with AES-GCM.
    static class Agreed extends JceKeyAgreeRecipient {
        Agreed(PrivateKey key) { super(key); setProvider("BC"); }

        public RecipientOperator getRecipientOperator(AlgorithmIdentifier wrap, AlgorithmIdentifier content, SubjectPublicKeyInfo sender,
                org.bouncycastle.asn1.ASN1OctetString ukm, byte[] wrapped) throws CMSException {
            return operator(extractSecretKey(wrap, content, sender, ukm, wrapped), content);
        }
    }

    static class Coded extends JcePasswordEnvelopedRecipient {
        Coded(char[] code) { super(code); setProvider("BC"); setPasswordConversionScheme(PasswordRecipient.PKCS5_SCHEME2_UTF8); }

        public RecipientOperator getRecipientOperator(AlgorithmIdentifier wrap, AlgorithmIdentifier content, byte[] derived, byte[] wrapped)
                throws CMSException {
            return operator(extractSecretKey(wrap, content, derived, wrapped), content);
        }
    }

    static RecipientOperator operator(Key secret, AlgorithmIdentifier content) {
        GCMParameters parameters = GCMParameters.getInstance(content.getParameters());
        return new RecipientOperator(new Gcm(content, secret, parameters));
    }

    static class Gcm implements org.bouncycastle.operator.InputAEADDecryptor {
        final AlgorithmIdentifier algorithm;
        final Cipher cipher;
        InputStream stream;

        Gcm(AlgorithmIdentifier algorithm, Key secret, GCMParameters parameters) {
            this.algorithm = algorithm;
            try {
                cipher = Cipher.getInstance("AES/GCM/NoPadding", "BC");
                cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(secret.getEncoded(), "AES"),
                    new GCMParameterSpec(parameters.getIcvLen() * 8, parameters.getNonce()));
            } catch (Exception problem) {
                throw new IllegalStateException(problem);
            }
        }

        public AlgorithmIdentifier getAlgorithmIdentifier() { return algorithm; }
        public InputStream getInputStream(InputStream in) { stream = in; return new org.bouncycastle.jcajce.io.CipherInputStream(in, cipher); }
        public OutputStream getAADStream() { return OutputStream.nullOutputStream(); }
        public byte[] getMAC() { return new byte[0]; }
    }

    static void sign(String[] a) throws Exception {
        X509Certificate certificate = certificate(a[3]);
        boolean rsa = certificate.getPublicKey().getAlgorithm().equals("RSA");
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().setProvider("BC").build())
            .build(new JcaContentSignerBuilder(rsa ? "SHA256withRSA" : "SHA256withECDSA").setProvider("BC").build(key(rsa ? "rsa" : "ec", a[4])), certificate));
        generator.addCertificates(new JcaCertStore(List.of(certificate)));
        Files.write(Path.of(a[2]), generator.generate(new CMSProcessableByteArray(read(a[1])), false).getEncoded());
    }

    static void verify(String[] a) throws Exception {
        CMSSignedData signed = new CMSSignedData(new CMSProcessableByteArray(read(a[1])), read(a[2]));
        for (SignerInformation signer : signed.getSignerInfos().getSigners()) {
            X509CertificateHolder holder = (X509CertificateHolder) signed.getCertificates().getMatches(signer.getSID()).iterator().next();
            X509Certificate certificate = new JcaX509CertificateConverter().setProvider("BC").getCertificate(holder);
            if (!signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(certificate.getPublicKey()))) {
                throw new IllegalStateException("does not hold");
            }
            System.out.println(holder.getSerialNumber().toString(16));
        }
    }
}

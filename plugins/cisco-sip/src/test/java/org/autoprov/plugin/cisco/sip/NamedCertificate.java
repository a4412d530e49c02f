// SPDX-License-Identifier: Apache-2.0
package org.autoprov.plugin.cisco.sip;

import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;

/** Only its subject matters. */
@SuppressWarnings("JavaUtilDate") // the type that certificates have
final class NamedCertificate extends X509Certificate {
    private final String subject;

    NamedCertificate(String subject) {
        this.subject = subject;
    }

    @Override
    public X500Principal getSubjectX500Principal() {
        return new X500Principal(subject);
    }

    @Override
    public void checkValidity() {}

    @Override
    public void checkValidity(java.util.Date date) {}

    @Override
    public int getVersion() {
        return 3;
    }

    @Override
    public java.math.BigInteger getSerialNumber() {
        return java.math.BigInteger.ONE;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract, so it must be there
    public java.security.Principal getIssuerDN() {
        return getSubjectX500Principal();
    }

    @Override
    @SuppressWarnings("deprecation") // abstract, so it must be there
    public java.security.Principal getSubjectDN() {
        return getSubjectX500Principal();
    }

    @Override
    public java.util.Date getNotBefore() {
        return new java.util.Date(0);
    }

    @Override
    public java.util.Date getNotAfter() {
        return new java.util.Date(Long.MAX_VALUE);
    }

    @Override
    public byte[] getTBSCertificate() {
        return new byte[0];
    }

    @Override
    public byte[] getSignature() {
        return new byte[0];
    }

    @Override
    public String getSigAlgName() {
        return "none";
    }

    @Override
    public String getSigAlgOID() {
        return "1.2";
    }

    @Override
    public byte[] getSigAlgParams() {
        return null;
    }

    @Override
    public boolean[] getIssuerUniqueID() {
        return null;
    }

    @Override
    public boolean[] getSubjectUniqueID() {
        return null;
    }

    @Override
    public boolean[] getKeyUsage() {
        return null;
    }

    @Override
    public int getBasicConstraints() {
        return -1;
    }

    @Override
    public byte[] getEncoded() {
        return new byte[0];
    }

    @Override
    public void verify(java.security.PublicKey key) {}

    @Override
    public void verify(java.security.PublicKey key, String provider) {}

    @Override
    public String toString() {
        return subject;
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        return false;
    }

    @Override
    public java.util.Set<String> getCriticalExtensionOIDs() {
        return null;
    }

    @Override
    public java.util.Set<String> getNonCriticalExtensionOIDs() {
        return null;
    }

    @Override
    public byte[] getExtensionValue(String oid) {
        return null;
    }

    @Override
    public java.security.PublicKey getPublicKey() {
        return null;
    }
}

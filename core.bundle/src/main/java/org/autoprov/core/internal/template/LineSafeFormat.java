// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.template;

import freemarker.core.CommonMarkupOutputFormat;
import freemarker.core.CommonTemplateMarkupOutputModel;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Set;

/**
 * How values are escaped, so that none can add a tag or a line. Control characters and the Unicode line separators become
 * one space each, CR LF one together. Half of a surrogate pair, which UTF-8 cannot carry, does not get through.
 */
final class LineSafeFormat extends CommonMarkupOutputFormat<LineSafeFormat.Output> {

    /** For XML and HTML: mark-up is escaped, what XML 1.0 forbids is left out (section 2.2). */
    static final LineSafeFormat XML = new LineSafeFormat("xml-values", "application/xml", true);

    /** For everything else: one line of text. */
    static final LineSafeFormat TEXT = new LineSafeFormat("line-values", "text/plain", false);

    private static final Set<String> OLD_ESCAPES = Set.of("xml", "html", "xhtml");

    private final String name;
    private final String mimeType;
    private final boolean xml;

    private LineSafeFormat(String name, String mimeType, boolean xml) {
        this.name = name;
        this.mimeType = mimeType;
        this.xml = xml;
    }

    /** The format of a template by the second but last part of its name. */
    static LineSafeFormat of(String templateName) {
        return templateName.endsWith(".xml.ftl") || templateName.endsWith(".htm.ftl") ? XML : TEXT;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getMimeType() {
        return mimeType;
    }

    @Override
    public void output(String text, Writer out) throws IOException {
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String instead = c < 0x7f && c >= ' ' ? instead(c) : unusual(text, i, c);
            if (instead != null) {
                out.write(text, written, i - written);
                out.write(instead);
                written = i + 1;
            }
        }
        out.write(text, written, text.length() - written);
    }

    /** What is printed for a visible ASCII character; null for itself. */
    private String instead(char c) {
        if (!xml) {
            return null;
        }
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&#34;";
            case '\'' -> "&#39;";
            default -> null;
        };
    }

    private String unusual(String text, int i, char c) {
        if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
            return "";
        }
        if (c < ' ') {
            return xml && c != '\t' && c != '\n' && c != '\r' ? "" : " ";
        }
        if (c <= 0x9f || c == 0x2028 || c == 0x2029) {
            return " ";
        }
        if (Character.isHighSurrogate(c)) {
            boolean paired = i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
            return paired ? null : lone();
        }
        if (Character.isLowSurrogate(c)) {
            return i > 0 && Character.isHighSurrogate(text.charAt(i - 1)) ? null : lone();
        }
        return xml && c >= 0xfffe ? "" : null;
    }

    private String lone() {
        return xml ? "" : "\ufffd";
    }

    @Override
    public String escapePlainText(String text) {
        StringWriter out = new StringWriter(text.length() + 16);
        try {
            output(text, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    /** {@code ?xml} in a template of this format would escape twice, so it does nothing. */
    @Override
    public boolean isLegacyBuiltInBypassed(String builtIn) {
        return xml && OLD_ESCAPES.contains(builtIn);
    }

    @Override
    protected Output newTemplateMarkupOutputModel(String plain, String markup) {
        return new Output(this, plain, markup);
    }

    /** Text that knows whether it has been escaped. */
    static final class Output extends CommonTemplateMarkupOutputModel<Output> {
        private final LineSafeFormat format;

        private Output(LineSafeFormat format, String plain, String markup) {
            super(plain, markup);
            this.format = format;
        }

        @Override
        public LineSafeFormat getOutputFormat() {
            return format;
        }
    }
}

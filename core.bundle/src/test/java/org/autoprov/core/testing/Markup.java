// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.testing;

import java.io.IOException;
import java.io.StringReader;
import java.util.concurrent.atomic.AtomicInteger;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Reads generated XML. */
final class Markup {

    private Markup() {}

    /** By its name, or because it begins as XML does. */
    static boolean isXml(String fileName, String content) {
        return fileName.endsWith(".xml") || fileName.endsWith(".htm") || content.startsWith("<?xml");
    }

    /** Elements and attributes of a file. @throws AssertionError when it is not well-formed */
    static int count(String name, String content) {
        AtomicInteger count = new AtomicInteger();
        try {
            SAXParserFactory factory = SAXParserFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            factory.newSAXParser().parse(new InputSource(new StringReader(content)), new DefaultHandler() {
                @Override
                public void startElement(String uri, String local, String qualified, Attributes attributes) {
                    count.addAndGet(1 + attributes.getLength());
                }

                @Override
                public InputSource resolveEntity(String publicId, String systemId) {
                    return new InputSource(new StringReader(""));
                }
            });
        } catch (SAXException e) {
            throw new AssertionError(name + " is not well-formed XML: " + e, e);
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
        return count.get();
    }
}

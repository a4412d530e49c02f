// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * An XML document. As on the phones, one error drops the whole file. Document types and entities are refused.
 *
 * @param roots names that the root element may have; empty: any
 * @param rules each is applied to every element that its path matches
 */
public record XmlSyntax(Set<String> roots, List<Rule> rules) implements FileSyntax {

    /** Deeper than any phone's file; keeps the walk off the end of the stack. */
    private static final int MAX_DEPTH = 60;

    /**
     * Where settings are in the document.
     *
     * @param path element names from the root; {@code *} is any one element, {@code **} any number of them
     * @param name the setting's name: {@code {element}}, {@code {path}} or {@code {@attribute}} within text
     * @param index attribute whose value becomes the index; looked for at the element, then at its ancestors
     * @param value attribute that holds the value; empty: the element's text
     * @param attributes whether each attribute of the element is a setting by itself; the three above do not count then
     */
    public record Rule(
            List<String> path, String name, Optional<String> index, Optional<String> value, boolean attributes) {

        boolean matches(List<String> elements) {
            return matches(path, elements);
        }

        private static boolean matches(List<String> pattern, List<String> elements) {
            if (pattern.isEmpty()) {
                return elements.isEmpty();
            }
            List<String> rest = pattern.subList(1, pattern.size());
            if (pattern.get(0).equals("**")) {
                for (int skipped = 0; skipped <= elements.size(); skipped++) {
                    if (matches(rest, elements.subList(skipped, elements.size()))) {
                        return true;
                    }
                }
                return false;
            }
            return !elements.isEmpty()
                    && (pattern.get(0).equals("*") || pattern.get(0).equals(elements.get(0)))
                    && matches(rest, elements.subList(1, elements.size()));
        }
    }

    @Override
    public List<Entry> parse(byte[] file) throws FormatException {
        Element root = read(file);
        if (!roots.isEmpty() && !roots.contains(root.getTagName())) {
            throw new FormatException("the root element is none of " + String.join(" ", roots));
        }
        List<Entry> entries = new ArrayList<>();
        walk(root, new ArrayList<>(), entries);
        return entries;
    }

    private static Element read(byte[] file) throws FormatException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler()); // the default one prints to standard error
            return builder.parse(new ByteArrayInputStream(file)).getDocumentElement();
        } catch (SAXParseException e) {
            throw new FormatException("not well-formed XML at line " + e.getLineNumber());
        } catch (SAXException | IOException | RuntimeException e) { // the last: the parser on hostile input
            throw new FormatException("not well-formed XML");
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this Java has no safe XML parser", e);
        }
    }

    private void walk(Element element, List<String> path, List<Entry> entries) throws FormatException {
        if (path.size() == MAX_DEPTH) {
            throw new FormatException("XML is nested deeper than " + MAX_DEPTH + " elements");
        }
        path.add(element.getTagName());
        for (Rule rule : rules) {
            if (rule.matches(path)) {
                apply(rule, element, path, entries);
            }
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                walk(inner, path, entries);
            }
        }
        path.remove(path.size() - 1);
    }

    private static void apply(Rule rule, Element element, List<String> path, List<Entry> entries) {
        if (rule.attributes()) {
            NamedNodeMap attributes = element.getAttributes();
            for (int i = 0; i < attributes.getLength(); i++) {
                Attr attribute = (Attr) attributes.item(i);
                entries.add(new Entry(attribute.getName(), attribute.getValue()));
            }
            return;
        }
        String value = rule.value().map(element::getAttribute).orElseGet(() -> text(element));
        entries.add(new Entry(name(rule.name(), element, path) + index(rule, element), value));
    }

    private static String name(String template, Element element, List<String> path) {
        String name = template.replace("{element}", element.getTagName()).replace("{path}", String.join("/", path));
        int at = name.indexOf("{@");
        int end = name.indexOf('}', Math.max(at, 0));
        return at < 0 || end < 0
                ? name
                : name.substring(0, at) + element.getAttribute(name.substring(at + 2, end)) + name.substring(end + 1);
    }

    private static String index(Rule rule, Element element) {
        if (rule.index().isEmpty()) {
            return "";
        }
        for (Node node = element; node instanceof Element here; node = node.getParentNode()) {
            if (here.hasAttribute(rule.index().get())) {
                return "[" + here.getAttribute(rule.index().get()) + "]";
            }
        }
        return "";
    }

    private static String text(Element element) {
        StringBuilder text = new StringBuilder();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeType() == Node.TEXT_NODE || child.getNodeType() == Node.CDATA_SECTION_NODE) {
                text.append(child.getNodeValue());
            }
        }
        return text.toString().strip();
    }
}

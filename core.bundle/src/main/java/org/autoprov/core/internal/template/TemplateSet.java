// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.template;

import freemarker.cache.TemplateConfigurationFactory;
import freemarker.cache.TemplateLoader;
import freemarker.core.TemplateClassResolver;
import freemarker.core.TemplateConfiguration;
import freemarker.core._CoreAPI;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateHashModel;
import freemarker.template.TemplateNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Parsed templates of one source that does not change, and the rules they run under: no class of Java, no file but the
 * source's, values always escaped, loops end when the thread is interrupted. Thread-safe.
 */
final class TemplateSet {

    /** Where templates come from. */
    @FunctionalInterface
    interface Source {
        /** @return null when there is no such template; the caller closes it */
        InputStream open(String name) throws IOException;
    }

    private static final Template MISSING =
            Template.getPlainTextTemplate("missing", "", new Configuration(Configuration.VERSION_2_3_35));

    /** Names of models come from phones, so what they ask for in vain is not remembered without end. */
    private static final int MAX_MISSES = 2000;

    private final SafeConfiguration configuration;
    private final Map<String, Template> templates = new ConcurrentHashMap<>();

    TemplateSet(Source source) {
        configuration = new SafeConfiguration(source);
    }

    /**
     * The named template, parsed.
     *
     * @param format the kind of file it makes; null to tell by its own name
     * @return null when there is none
     * @throws TemplateFault when it cannot be parsed
     */
    Template find(String name, LineSafeFormat format) throws TemplateFault {
        Template known = templates.get(name);
        if (known == null) {
            known = load(name, format);
            if (known != MISSING || templates.size() < MAX_MISSES) {
                templates.put(name, known);
            }
        }
        return known == MISSING ? null : known;
    }

    private Template load(String name, LineSafeFormat format) throws TemplateFault {
        if (format != null) {
            configuration.formats.put(name, format);
        }
        try {
            return configuration.getTemplate(name);
        } catch (TemplateNotFoundException e) {
            return MISSING;
        } catch (IOException e) {
            throw TemplateFault.of(name, e);
        }
    }

    /** @throws TemplateFault for every failure, also an interrupt, whose flag stays set */
    byte[] render(Template template, Map<String, Object> model) throws TemplateFault {
        OutputBuffer out = OutputBuffer.take();
        try {
            TemplateHashModel root = (TemplateHashModel) PlainValues.WRAPPER.wrap(model);
            template.createProcessingEnvironment(root, out).process();
            return out.toBytes();
        } catch (TemplateException | IOException | RuntimeException | StackOverflowError e) {
            throw TemplateFault.of(template.getName(), e);
        }
    }

    private static final class SafeConfiguration extends Configuration {

        private final Map<String, LineSafeFormat> formats = new ConcurrentHashMap<>();
        private final Map<Template, Boolean> checked = Collections.synchronizedMap(new WeakHashMap<>());

        SafeConfiguration(Source source) {
            super(VERSION_2_3_35);
            setTemplateLoader(new Loader(source));
            setTemplateUpdateDelayMilliseconds(Long.MAX_VALUE);
            setLocalizedLookup(false);
            setDefaultEncoding("UTF-8");
            setOutputEncoding("UTF-8");
            setURLEscapingCharset("UTF-8");
            setLocale(Locale.ROOT);
            setTimeZone(TimeZone.getTimeZone("UTC"));
            setNumberFormat("computer");
            setBooleanFormat("c");
            setObjectWrapper(PlainValues.WRAPPER);
            setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
            setAPIBuiltinEnabled(false);
            setRecognizeStandardFileExtensions(false);
            setOutputFormat(LineSafeFormat.TEXT);
            setAutoEscapingPolicy(FORCE_AUTO_ESCAPING_POLICY);
            setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
            setLogTemplateExceptions(false);
            setAttemptExceptionReporter((failure, environment) -> {});
            setTemplateConfigurations(new Formats(formats));
        }

        /** All ways to a template, also includes and imports, end here. */
        @Override
        public Template getTemplate(
                String name, Locale locale, Object condition, String encoding, boolean parse, boolean ignoreMissing)
                throws IOException {
            Template template = super.getTemplate(name, locale, condition, encoding, parse, ignoreMissing);
            if (template != null && !checked.containsKey(template)) {
                check(template);
            }
            return template;
        }

        private void check(Template template) throws IOException {
            synchronized (checked) {
                // A template in a text would run without the checks below.
                if (template.toString().contains("?interpret")) {
                    throw new IOException("uses ?interpret, which is not allowed");
                }
                if (checked.putIfAbsent(template, Boolean.TRUE) == null) {
                    _CoreAPI.addThreadInterruptedChecks(template);
                }
            }
        }
    }

    /** Gives each template its kind of escaping. */
    private static final class Formats extends TemplateConfigurationFactory {

        private final Map<String, LineSafeFormat> known;
        private final TemplateConfiguration xml = configuration(LineSafeFormat.XML);
        private final TemplateConfiguration text = configuration(LineSafeFormat.TEXT);

        Formats(Map<String, LineSafeFormat> known) {
            this.known = known;
        }

        private static TemplateConfiguration configuration(LineSafeFormat format) {
            TemplateConfiguration result = new TemplateConfiguration();
            result.setOutputFormat(format);
            return result;
        }

        @Override
        public TemplateConfiguration get(String name, Object source) {
            LineSafeFormat format = known.get(name);
            return (format == null ? LineSafeFormat.of(name) : format) == LineSafeFormat.XML ? xml : text;
        }

        @Override
        protected void setConfigurationOfChildren(Configuration configuration) {
            xml.setParentConfiguration(configuration);
            text.setParentConfiguration(configuration);
        }
    }

    private record Loader(Source source) implements TemplateLoader {

        private record Opened(String name, InputStream stream) {}

        /** Ends up in messages to administrators. */
        @Override
        public String toString() {
            return "custom folder, then bundle";
        }

        @Override
        public Object findTemplateSource(String name) throws IOException {
            InputStream stream = source.open(name);
            return stream == null ? null : new Opened(name, stream);
        }

        @Override
        public long getLastModified(Object templateSource) {
            return 1;
        }

        @Override
        public Reader getReader(Object templateSource, String encoding) {
            return new InputStreamReader(((Opened) templateSource).stream(), StandardCharsets.UTF_8);
        }

        @Override
        public void closeTemplateSource(Object templateSource) throws IOException {
            ((Opened) templateSource).stream().close();
        }
    }
}

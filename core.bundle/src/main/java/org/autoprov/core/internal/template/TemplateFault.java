// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.template;

import freemarker.core.InvalidReferenceException;
import freemarker.core.ParseException;
import freemarker.template.TemplateException;
import java.util.regex.Pattern;

/** A template that could not be rendered: which one, where and why, in one line that holds no value of the model. */
final class TemplateFault extends Exception {

    private static final long serialVersionUID = 1;
    private static final Pattern HINTS = Pattern.compile("\n?----.*", Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("\"[^\n]*\"");

    private final String template;

    private TemplateFault(String template, String message, Throwable cause) {
        super(message, cause);
        this.template = template;
    }

    /** The name of the faulty template, which may be one that the asked-for template includes. */
    String template() {
        return template;
    }

    /** @param asked the template that was asked for, if the cause does not say better */
    static TemplateFault of(String asked, Throwable failure) {
        ParseException parse = find(ParseException.class, failure);
        if (parse != null) {
            String name = parse.getTemplateName() == null ? asked : parse.getTemplateName();
            return at(name, parse.getLineNumber(), parse.getColumnNumber(), parse.getEditorMessage(), failure);
        }
        if (failure instanceof TemplateException e) {
            String name = e.getTemplateSourceName() == null ? asked : e.getTemplateSourceName();
            int line = e.getLineNumber() == null ? 0 : e.getLineNumber();
            int column = e.getColumnNumber() == null ? 0 : e.getColumnNumber();
            return at(name, line, column, reason(e), failure);
        }
        if (failure instanceof StackOverflowError) {
            return new TemplateFault(asked, asked + ": macros or includes nest too deeply", failure);
        }
        if (Thread.currentThread().isInterrupted()) {
            return new TemplateFault(asked, asked + ": took too long and was stopped", failure);
        }
        return new TemplateFault(asked, asked + ": " + oneLine(String.valueOf(failure.getMessage())), failure);
    }

    private static TemplateFault at(String name, int line, int column, String reason, Throwable failure) {
        return new TemplateFault(name, name + " line " + line + " column " + column + ": " + oneLine(reason), failure);
    }

    /** FreeMarker quotes values in its messages, and a value may be a password: whatever is quoted is left out. */
    private static String reason(TemplateException e) {
        if (e instanceof InvalidReferenceException && e.getBlamedExpressionString() != null) {
            return e.getBlamedExpressionString() + " is missing or null";
        }
        if (e.getCause() instanceof java.io.IOException cause) {
            return String.valueOf(cause.getMessage());
        }
        String message =
                HINTS.matcher(String.valueOf(e.getMessageWithoutStackTop())).replaceFirst("");
        return QUOTED.matcher(message).replaceAll("\"…\"");
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= 400 ? line : line.substring(0, 400) + "…";
    }

    private static <T> T find(Class<T> type, Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 10; depth++) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
            cause = cause.getCause();
        }
        return null;
    }
}

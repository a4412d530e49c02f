// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.internal.template;

import freemarker.template.ObjectWrapper;
import freemarker.template.SimpleNumber;
import freemarker.template.SimpleScalar;
import freemarker.template.TemplateBooleanModel;
import freemarker.template.TemplateCollectionModel;
import freemarker.template.TemplateHashModelEx2;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateModelIterator;
import freemarker.template.TemplateSequenceModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Shows a template maps, lists, texts, numbers and booleans, and nothing else of Java. */
final class PlainValues implements ObjectWrapper {

    static final PlainValues WRAPPER = new PlainValues();

    private PlainValues() {}

    @Override
    public TemplateModel wrap(Object value) throws TemplateModelException {
        if (value == null || value instanceof TemplateModel) {
            return (TemplateModel) value;
        }
        if (value instanceof CharSequence text) {
            return new SimpleScalar(text.toString());
        }
        if (value instanceof Boolean flag) {
            return flag ? TemplateBooleanModel.TRUE : TemplateBooleanModel.FALSE;
        }
        if (value instanceof Number number) {
            return new SimpleNumber(number);
        }
        if (value instanceof Map<?, ?> map) {
            return new Hash(map);
        }
        if (value instanceof List<?> list) {
            return new Sequence(list);
        }
        if (value instanceof Collection<?> several) {
            return new Sequence(new ArrayList<>(several));
        }
        throw new TemplateModelException("a template sees maps, lists, texts, numbers and booleans, not "
                + value.getClass().getName());
    }

    private record Hash(Map<?, ?> map) implements TemplateHashModelEx2 {

        @Override
        public TemplateModel get(String key) throws TemplateModelException {
            return WRAPPER.wrap(map.get(key));
        }

        @Override
        public boolean isEmpty() {
            return map.isEmpty();
        }

        @Override
        public int size() {
            return map.size();
        }

        @Override
        public TemplateCollectionModel keys() {
            return new Values(map.keySet());
        }

        @Override
        public TemplateCollectionModel values() {
            return new Values(map.values());
        }

        @Override
        public KeyValuePairIterator keyValuePairIterator() {
            Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
            return new KeyValuePairIterator() {
                @Override
                public boolean hasNext() {
                    return entries.hasNext();
                }

                @Override
                public KeyValuePair next() {
                    return new Pair(entries.next());
                }
            };
        }
    }

    private record Pair(Map.Entry<?, ?> entry) implements TemplateHashModelEx2.KeyValuePair {

        @Override
        public TemplateModel getKey() throws TemplateModelException {
            return WRAPPER.wrap(entry.getKey());
        }

        @Override
        public TemplateModel getValue() throws TemplateModelException {
            return WRAPPER.wrap(entry.getValue());
        }
    }

    private record Sequence(List<?> list) implements TemplateSequenceModel, TemplateCollectionModel {

        @Override
        public TemplateModel get(int index) throws TemplateModelException {
            return index < 0 || index >= list.size() ? null : WRAPPER.wrap(list.get(index));
        }

        @Override
        public int size() {
            return list.size();
        }

        @Override
        public TemplateModelIterator iterator() {
            return new Steps(list.iterator());
        }
    }

    private record Values(Collection<?> values) implements TemplateCollectionModel {

        @Override
        public TemplateModelIterator iterator() {
            return new Steps(values.iterator());
        }
    }

    private record Steps(Iterator<?> values) implements TemplateModelIterator {

        @Override
        public boolean hasNext() {
            return values.hasNext();
        }

        @Override
        public TemplateModel next() throws TemplateModelException {
            return WRAPPER.wrap(values.next());
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.autoprov.admin;

/**
 * One part of what the administrators' listener serves, such as a version of the API. Called from many threads, may wait
 * for the store.
 */
@FunctionalInterface
public interface Api {

    /** Answers; throws nothing that a caller could cause. */
    ApiReply answer(ApiRequest request);

    /** The listener stops: ends the answers that go on. */
    default void close() {}
}

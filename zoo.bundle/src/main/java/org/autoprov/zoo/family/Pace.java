// SPDX-License-Identifier: Apache-2.0
package org.autoprov.zoo.family;

/**
 * How patient a phone is. Times are real ones, in milliseconds; simulations usually shorten them.
 *
 * @param startMillis from power-on to the first request
 * @param betweenMillis between two requests
 * @param attempts how often a request is made while the server fails, 1 or more
 * @param retryMillis wait before the second attempt
 * @param retryFactor by which the wait grows each time, 1 or more
 */
public record Pace(long startMillis, long betweenMillis, int attempts, long retryMillis, double retryFactor) {}

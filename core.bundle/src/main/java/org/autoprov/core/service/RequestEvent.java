// SPDX-License-Identifier: Apache-2.0
package org.autoprov.core.service;

import java.time.Instant;
import java.util.List;

/**
 * What happened to one request, for people who follow along. Holds no secrets; text from the network is escaped.
 *
 * @param number counts requests since the start
 * @param time when it came
 * @param request protocol, action, path and client, in one line
 * @param steps one line for each decision: identify, find, update, admit, answer
 * @param outcome status and reason in one line
 * @param deviceId null when no device was found
 * @param micros how long it took, microseconds
 */
public record RequestEvent(
        long number, Instant time, String request, List<String> steps, String outcome, String deviceId, long micros) {}

// SPDX-License-Identifier: Apache-2.0
/** Metrics for Prometheus and probes of health, on the administrators' listener. */
package org.autoprov.admin.metrics;

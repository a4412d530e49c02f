<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- Common and per device: the tones of a country. -->
<Dial_Tone>${tones.Dial_Tone}</Dial_Tone>
<Outside_Dial_Tone>${tones.Dial_Tone}</Outside_Dial_Tone>
<Prompt_Tone>${tones.Dial_Tone}</Prompt_Tone>
<Busy_Tone>${tones.Busy_Tone}</Busy_Tone>
<Reorder_Tone>${tones.Reorder_Tone}</Reorder_Tone>
<Ring_Back_Tone>${tones.Ring_Back_Tone}</Ring_Back_Tone>

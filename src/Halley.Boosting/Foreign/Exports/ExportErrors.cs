using Halley.Data;

namespace Halley.Boosting;

/// <summary>What can't be written in another library's format. Code HLY2240.</summary>
static class ExportErrors
{
    internal static HalleyException Refused(string what, string? format = null) =>
        new(
            "HLY2240",
            $"the model can't be exported{(format is null ? "" : $" to {format}")}: {what}, which the format can't carry. "
                + "Serve it with Halley, or fit a model without that."
        );
}

using Halley.Data;
using Halley.Models;
using Halley.Sources;
using Halley.Specs;

namespace Halley.Cli;

/// <summary>Files of rating tables: the map of the target engine, and the sheets.</summary>
static class RatingFiles
{
    /// <summary>The map of a file, or our own columns.</summary>
    public static RatingMap MapOf(string? path, int? decimals)
    {
        var map = path is null ? new() : SpecFiles.RatingMap.Read(path);
        if (decimals is < 0 or > 15)
            throw new HalleyException("HLY7060", $"--decimals {decimals}: give a number from 0 to 15.");
        return decimals is null ? map : map with { Decimals = decimals };
    }

    public static (Table Lines, Func<int, string> PlaceOf) Read(
        string path,
        RatingMap map,
        double? baseValue,
        CancellationToken cancellation
    ) => RatingSheetReader.Read(SheetFile.Read(path, CsvOf(map), cancellation), map, IsCsv(path), baseValue);

    public static void Write(FittedModel model, string path, RatingMap map, bool byFactor, CancellationToken cancellation)
    {
        var table = RatingModels.TableOf(model);
        SheetFile.Write(
            byFactor
                ? RatingSheets.ByFactor(table, map, IsCsv(path))
                : [RatingSheets.Long(table, map, model.Header.Relativities, IsCsv(path))],
            path,
            CsvOf(map),
            cancellation
        );
    }

    static bool IsCsv(string path) => !SheetFile.IsWorkbook(path);

    static CsvOptions CsvOf(RatingMap map) => new() { Separator = map.Separator };
}

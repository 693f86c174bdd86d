using System.Diagnostics;

namespace Halley.Sources.Generation;

/// <summary>Reads a generated table's rows, in memory or from a file, back into records that <see cref="PortfolioTruth"/> takes.</summary>
/// <remarks>Categories are found by their levels' text, so the order of levels does not matter. Safe to share between threads.</remarks>
public sealed class RecordReader(Table table)
{
    readonly Dictionary<string, Func<int, double>> slots = MotorSchemas
        .Risk.Fields.Concat(MotorSchemas.ReportedClaim.Fields)
        .Concat(MotorSchemas.RequestedQuote.Fields)
        .DistinctBy(field => field.Name)
        .Where(field => table.Has(field.Name))
        .ToDictionary(field => field.Name, field => SlotsOf(table[field.Name], field));

    /// <exception cref="HalleyException">HLY1001: the table lacks a column.</exception>
    public Risk Risk(int row) =>
        new()
        {
            DriverAge = Slot("driver_age", row),
            LicenceYears = Slot("licence_years", row),
            Region = Code("region", row),
            Area = Code("area", row),
            Density = Slot("density", row),
            Brand = Code("vehicle_brand", row),
            Fuel = Code("vehicle_fuel", row),
            VehicleAge = Slot("vehicle_age", row),
            VehiclePower = Slot("vehicle_power", row),
            VehicleValue = Slot("vehicle_value", row),
            AnnualMileage = Slot("annual_mileage", row),
            Usage = Code("usage", row),
            Parking = Code("parking", row),
            Cover = Code("cover", row),
            Deductible = Slot("deductible", row),
            BonusMalus = Slot("bonus_malus", row),
            PriorClaims = Slot("prior_claims", row),
            TenureYears = Slot("tenure_years", row),
            Channel = Code("channel", row),
            Payment = Code("payment", row),
        };

    /// <inheritdoc cref="Risk"/>
    public ClaimFacts Claim(int row) =>
        new()
        {
            Risk = Risk(row),
            Type = Code("claim_type", row),
            ClaimedAmount = Slot("claimed_amount", row),
            DaysToReport = Slot("days_to_report", row),
            DaysSinceInception = Slot("days_since_inception", row),
            TimeOfDay = Code("time_of_day", row),
            Weekday = Code("weekday", row),
            Witnesses = Slot("witnesses", row),
            Injury = Flag("injury", row),
            PoliceReport = Flag("police_report", row),
            ThirdParty = Flag("third_party", row),
            Lawyer = Flag("lawyer", row),
            RecentChange = Flag("recent_change", row),
            Photos = Flag("photos", row),
            Repair = Code("repair", row),
        };

    /// <inheritdoc cref="Risk"/>
    public QuoteFacts Quote(int row) =>
        new()
        {
            Risk = Risk(row),
            IsWeekend = Flag("weekend", row),
            CompetitorPremium = Slot("competitor_premium", row),
        };

    double Slot(string name, int row)
    {
        if (slots.TryGetValue(name, out var slot))
            return slot(row);
        // The table's own error names the columns that it has.
        _ = table[name];
        throw new UnreachableException();
    }

    int Code(string name, int row) => (int)Slot(name, row);

    bool Flag(string name, int row) => Slot(name, row) == 1;

    static Func<int, double> SlotsOf(Column column, Field field)
    {
        if (column is CategoricalColumn category)
        {
            var codes = category.Levels.MapTo(field.Levels!);
            return row => codes[category.Codes[row]];
        }
        return row =>
        {
            Span<double> slot = stackalloc double[1];
            column.CopySlots(row, slot);
            return slot[0];
        };
    }
}

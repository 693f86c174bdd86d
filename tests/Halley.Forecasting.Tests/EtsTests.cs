using CsCheck;
using Halley.Data;

namespace Halley.Forecasting.Tests;

public class EtsTests
{
    static readonly Gen<(EtsForm Form, double[] Values, double[] Shift)> AnyCase =
        from form in Gen.Int[0, 29].Select(i => EtsForm.All[i])
        from values in Gen.Double[50, 150].Array[30]
        from shift in Gen.Double[-0.3, 0.3].Array[20]
        select (form, values, shift);

    [Fact]
    public void The_backward_sweep_is_the_slope_of_the_likelihood() =>
        AnyCase.Sample(
            any =>
            {
                var start = EtsStart.Of(any.Form, any.Values, 4) with
                {
                    Alpha = 0.3,
                    Beta = 0.05,
                    Gamma = 0.2,
                    Phi = any.Form.Damped ? 0.9 : 1,
                };
                var objective = new EtsObjective(any.Form, any.Values, 4, start);
                var x = objective.Encode(start);
                for (var i = 0; i < x.Length; i++)
                    x[i] += any.Shift[i];
                var (gradient, other) = (new double[x.Length], new double[x.Length]);
                if (!double.IsFinite(objective.Evaluate(x, gradient)))
                    return;
                for (var i = 0; i < x.Length; i++)
                {
                    var (kept, step) = (x[i], 1e-5);
                    x[i] = kept + step;
                    var above = objective.Evaluate(x, other);
                    x[i] = kept - step;
                    var below = objective.Evaluate(x, other);
                    x[i] = kept;
                    if (double.IsFinite(above) && double.IsFinite(below))
                        Oracle.Near((above - below) / (2 * step), gradient[i], 1e-4, $"{any.Form} variable {i}", 0.1);
                }
            },
            iter: 400
        );

    [Fact]
    public void A_constant_series_is_forecast_by_its_constant()
    {
        var forecast = new EtsForecaster().Fit(Of("flat", 7, 7, 7, 7), TestContext.Current.CancellationToken).Forecast(3);
        Assert.Equal([7, 7, 7], forecast.Mean);
        Assert.Equal([7, 7, 7], forecast.Interval(0.95).Upper);
    }

    [Fact]
    public void One_value_is_enough_for_a_forecast() =>
        Assert.Equal([5, 5], new EtsForecaster().Fit(Of("short", 5), TestContext.Current.CancellationToken).Forecast(2).Mean);

    [Fact]
    public void A_straight_line_is_prolonged()
    {
        double[] line = [.. Enumerable.Range(1, 30).Select(t => 10.0 + 3 * t)];
        var mean = new EtsForecaster().Fit(Of("line", line), TestContext.Current.CancellationToken).Forecast(3).Mean;
        Oracle.Near([103, 106, 109], mean, 1e-4, "line");
    }

    [Fact]
    public void Zero_is_refused_by_a_multiplicative_form_and_avoided_by_the_automatic_choice()
    {
        var series = Of("claims", 3, 4, 0, 5, 6, 4, 5, 7, 6, 5, 4, 6);
        var refused = Assert.Throws<HalleyException>(() => new EtsForecaster(new() { Form = "MNN" }).Fit(series));
        Assert.Equal(
            "HLY2303: series 'claims', step 3: 0 is outside the domain y > 0 of MNN. Choose an additive form.",
            refused.Message
        );
        Assert.StartsWith(
            "ETS(A",
            new EtsForecaster().Fit(series, TestContext.Current.CancellationToken).Form,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Gaps_and_infinities_are_named_with_their_step()
    {
        var gap = Assert.Throws<HalleyException>(() => new EtsForecaster().Fit(Of("gap", 1, double.NaN, 2)));
        Assert.StartsWith(
            "HLY2301: series 'gap', step 2: the value is missing, which ets can't fit.",
            gap.Message,
            StringComparison.Ordinal
        );
        var infinite = Assert.Throws<HalleyException>(() => new EtsForecaster().Fit(Of("far", 1, 2, double.PositiveInfinity)));
        Assert.StartsWith("HLY2302: series 'far', step 3: Infinity is not a number", infinite.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_form_is_refused_with_examples()
    {
        var error = Assert.Throws<HalleyException>(() => new EtsForecaster(new() { Form = "XYZ" }).Fit(Of("any", 1, 2, 3)));
        Assert.Equal(
            "HLY2304: options of 'ets': form: 'XYZ' is none of the 30 forms; write error, trend, season, such as 'AAN', 'MAdM' or 'MNA'.",
            error.Message
        );
    }

    static TimeSeries Of(string id, params double[] values) => new() { Id = id, Values = values };

    [Fact]
    public void An_average_weighs_forms_by_their_criterion()
    {
        double[] values = [12, 14, 13, 16, 15, 18, 17, 20, 18, 22, 21, 24, 22, 26, 25, 27];
        var series = new TimeSeries { Id = "s", Values = values };
        var average = (EtsAverage)new EtsForecaster(new() { Averaged = true }).Fit(series, TestContext.Current.CancellationToken);
        var best = (EtsFit)new EtsForecaster().Fit(series, TestContext.Current.CancellationToken);
        Assert.Equal(best.Form, average.Members[0].Fit.Form);
        Assert.Equal(1, average.Members.Sum(member => member.Weight), 12);
        var (first, second) = (average.Members[0], average.Members[1]);
        Assert.Equal(Math.Exp(-0.5 * (second.Fit.Aicc - first.Fit.Aicc)), second.Weight / first.Weight, 9);
        var forecast = average.Forecast(3);
        Assert.Equal(average.Members.Sum(member => member.Weight * member.Fit.Forecast(3).Mean[2]), forecast.Mean[2], 9);
        var upper = average.Members.Sum(member => member.Weight * member.Fit.Forecast(3).Steps[1].Quantile(0.9));
        Assert.Equal(upper, forecast.Steps[1].Quantile(0.9), 9);
    }
}

package veche.deployment;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.IncludeTags;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * The test classes that run in a second process, on a second server of the same kind, at the same time: those that do
 * not share the deployment of the WAR as it is built, and so many that both processes take about the same time.
 */
@Suite
@IncludeEngines("junit-jupiter")
@SelectPackages("veche")
@IncludeClassNamePatterns(".*IT")
@IncludeTags(SecondServerSuite.TAG)
public class SecondServerSuite {
    /** Of the classes in this suite. */
    public static final String TAG = "second-server";
}
